"""The roof: one process, two kinds of work.

Pages are synchronous Django in a bounded pool of threads; sockets are channels on the event loop. Why so:
docs/decisions/0003-serving.md.
"""

import os
from typing import Any, cast

import a2wsgi
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutualgov.settings")
pages = get_wsgi_application()

from mutualgov.sockets import websocket_urlpatterns  # noqa: E402  (needs the apps that the line above loads)

application = ProtocolTypeRouter(
    {
        "http": a2wsgi.WSGIMiddleware(cast(Any, pages), workers=8),
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
