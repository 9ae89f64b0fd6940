"""The office: who may act for a mutual, and the record of everything that was done. Hung after the rooms."""

from django.urls import path

from mutualgov.access.navigation import NavItem
from mutualgov.access.permissions import SEE_ROLES

from . import audit, roles
from .permissions import SEE_AUDIT

app_name = "office"
urlpatterns = [
    path("roles/", roles.Roles.as_view(), name="roles"),
    path("roles/new/", roles.NewRole.as_view(), name="role-new"),
    path("roles/grant/", roles.GrantRole.as_view(), name="role-grant"),
    path("roles/<str:reference>/", roles.Grant.as_view(), name="role"),
    path("roles/<str:reference>/end/", roles.EndRole.as_view(), name="role-end"),
    path("audit/", audit.Audit.as_view(), name="audit"),
    path("audit/export/", audit.AuditExport.as_view(), name="audit-export"),
    path("audit/<int:number>/", audit.AuditEntryPage.as_view(), name="audit-entry"),
]
NAVIGATION = [NavItem("Roles", "office:roles", SEE_ROLES), NavItem("Audit", "office:audit", SEE_AUDIT)]
