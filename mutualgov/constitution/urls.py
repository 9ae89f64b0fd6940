"""The rule book under a mutual: ``/<mutual>/rules/``."""

from django.urls import path

from mutualgov.access.navigation import NavItem

from . import permissions, views

app_name = "constitution"
urlpatterns = [
    path("rules/", views.RuleBook.as_view(), name="rules"),
    path("rules/versions/", views.Versions.as_view(), name="versions"),
    path("rules/versions/<int:number>/", views.Version.as_view(), name="version"),
    path("rules/versions/<int:number>/document/", views.DocumentText.as_view(), name="document"),
    path("rules/new/", views.NewVersion.as_view(), name="new"),
    path("rules/adopt/", views.AdoptVersion.as_view(), name="adopt"),
]
NAVIGATION = [NavItem("Rules", "constitution:rules", permissions.SEE_RULES)]
