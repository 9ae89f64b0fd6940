"""The roof: every address of the site. A room's pages hang under its mutual: ``/<mutual>/…``."""

from django.urls import include, path

from mutualgov.access.navigation import hang_rooms

urlpatterns = [
    path("", include("mutualgov.ui.urls")),
    path("post-room/", include("mutualgov.notices.site_urls")),
    path("", include("mutualgov.home.urls")),
    path("accounts/", include("allauth.urls")),
    # Rooms, one a line, in the order of the navigation. Last: a mutual's key matches any first word.
    *hang_rooms(
        "mutualgov.home.mutual_urls",
        "members.urls",
        "mutualgov.constitution.urls",
        "shares.urls",
        "voting.urls",
        "councils.urls",
        "mutualgov.notices.urls",
        "mutualgov.home.office_urls",
    ),
]

handler400 = "mutualgov.home.errors.bad_request"
