"""A mutual's first page: ``/<mutual>/``."""

from django.urls import path

from mutualgov.access.navigation import NavItem
from mutualgov.access.permissions import SEE_MUTUAL

from . import views

app_name = "home"
urlpatterns = [
    path("", views.Landing.as_view(), name="landing"),
]
NAVIGATION = [NavItem("Overview", "home:landing", SEE_MUTUAL)]
