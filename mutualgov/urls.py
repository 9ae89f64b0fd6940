"""The roof: every address of the site. A room's pages hang under its mutual: ``/<mutual>/…``."""

from django.urls import include, path

from mutualgov.access.navigation import hang_rooms

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("kit/", include("mutualgov.ui.urls")),
    path("", include("mutualgov.home.urls")),
    # Rooms, one a line, in the order of the navigation. Last: a mutual's key matches any first word.
    *hang_rooms(
        "mutualgov.home.mutual_urls",
    ),
]
