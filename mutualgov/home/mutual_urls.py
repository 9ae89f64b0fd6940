"""Front-of-house pages under a mutual: ``/<mutual>/``."""

from django.urls import path

from mutualgov.access.navigation import NavItem
from mutualgov.access.permissions import SEE_MUTUAL

from . import roles, views

app_name = "home"
urlpatterns = [
    path("", views.Landing.as_view(), name="landing"),
    path("roles/", roles.Roles.as_view(), name="roles"),
    path("roles/new/", roles.NewRole.as_view(), name="role-new"),
    path("roles/grant/", roles.GrantRole.as_view(), name="role-grant"),
    path("roles/<str:reference>/", roles.Grant.as_view(), name="role"),
    path("roles/<str:reference>/end/", roles.EndRole.as_view(), name="role-end"),
]
NAVIGATION = [NavItem("Overview", "home:landing", SEE_MUTUAL)]
