"""The roof: every websocket address of the site."""

from typing import Any

websocket_urlpatterns: list[Any] = []
