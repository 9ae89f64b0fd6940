"""The roof: every address of the site. A room's pages hang under its mutual: ``/<mutual>/…``."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
]
