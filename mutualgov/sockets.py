"""The roof: every websocket address of the site."""

from typing import Any

from django.urls import path

from voting.consumers import ElectionFeed

websocket_urlpatterns: list[Any] = [
    path("ws/<slug:mutual>/elections/<str:reference>/", ElectionFeed.as_asgi()),
]
