"""The base of every feed. One without ``access`` fails at import, as a view does."""

from collections.abc import Awaitable
from typing import Any, ClassVar

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from mutualgov.access.permissions import Permission
from mutualgov.access.queries import may, roles_of
from mutualgov.core.clock import now, uk_date
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import reading_in

from .hub import Outbox, hub_here

NOT_FOUND, FORBIDDEN = 4404, 4403


class MutualConsumer(AsyncWebsocketConsumer):
    """A feed of one mutual: ``/ws/<mutual>/…``.

    It only says that something moved, as ``{"event": "election.changed", "version": 7}``; the page asks again over
    HTTP. Outsiders are closed with 4404, members without the permission with 4403. Subclasses name ``access`` and
    return their groups from ``feeds`` (called with the scope open; raise LookupError for a thing that is not there).
    The hub does the rest.
    """

    access: ClassVar[Permission]
    channel_layer_alias = "none"  # the hub listens for all sockets of the process; no socket joins the layer itself

    def __init_subclass__(cls, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not abstract and not isinstance(getattr(cls, "access", None), Permission):
            raise TypeError(f"{cls.__module__}.{cls.__qualname__} declares no access: set access = <a Permission>")

    def feeds(self, mutual: Mutual) -> list[str]:
        """Groups that this socket listens to, from ``groups.group``."""
        raise NotImplementedError

    async def connect(self) -> None:
        self.joined: list[str] = []
        self.kwargs = dict(self.scope["url_route"]["kwargs"])
        found = await self._admit()
        if isinstance(found, int):
            await self.accept()  # a refused handshake cannot carry its reason; a close can
            await self.close(code=found)
            return
        self.joined = found
        self.outbox = Outbox(self._write)
        await hub_here().join(found, self.outbox)  # before the page knows that it listens: nothing is missed
        await self.accept()
        self.outbox.open()

    async def disconnect(self, code: int) -> None:
        if self.joined:
            self.outbox.close()
            await hub_here().leave(self.joined, self.outbox)

    def _write(self, text: str) -> Awaitable[None]:
        """Straight to the server: with thousands of sockets each layer in between is felt."""
        return self.base_send({"type": "websocket.send", "text": text})

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Feeds take no orders: votes and transfers are made over HTTP."""

    @database_sync_to_async
    def _admit(self) -> list[str] | int:
        mutual = Mutual.objects.filter(key=self.kwargs.pop("mutual")).first()
        if mutual is None:
            return NOT_FOUND
        roles = roles_of(self.scope["user"], mutual=mutual, on=uk_date(now()))
        if not roles and not self.access.public:
            return NOT_FOUND
        if not may(roles, self.access):
            return FORBIDDEN
        with reading_in(mutual):
            try:
                return self.feeds(mutual)
            except LookupError:
                return NOT_FOUND
