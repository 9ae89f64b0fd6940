"""The hub: every socket of this process, by topic, behind one single listener.

A message is put into words once and the same text is written to each socket of its topic. The hub hears of news over
a wire (wires.py): a Valkey or Redis channel, or rows in the database. There is one hub for each event loop, which in
a running site means one for each process. It works on its loop alone; other threads only ever poke it.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol
from weakref import WeakKeyDictionary

log = logging.getLogger(__name__)


class Wire(Protocol):
    """How news of a topic reach this process."""

    async def open(self, topic: str) -> None: ...

    async def close(self, topic: str) -> None: ...

    def poke(self) -> None:
        """There is news now; may be called from any thread."""


class Outbox:
    """What one socket is still to be told. News of the same thing replace each other: only the newest matters."""

    def __init__(self, send: Callable[[str], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: dict[tuple[str, str], str] = {}
        self._writing: asyncio.Task[None] | None = None
        self._is_open = False

    def open(self) -> None:
        """The socket takes messages from now on; what has come in meanwhile goes out first."""
        self._is_open = True
        if self._waiting:
            self._write_soon()

    def close(self) -> None:
        """The socket is gone, perhaps in the middle of a message."""
        self._is_open = False
        self._waiting.clear()
        if self._writing:
            self._writing.cancel()

    def put(self, key: tuple[str, str], text: str) -> None:
        """Write soon. One slow reader never keeps the others waiting, and never piles up more than it follows."""
        self._waiting[key] = text
        if self._is_open:
            self._write_soon()

    def _write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        while self._waiting:
            text = self._waiting.pop(next(iter(self._waiting)))
            try:
                await self._send(text)
            except (OSError, RuntimeError) as error:  # the reader is gone; its socket closes by itself
                log.debug("a socket was given up: %r", error)
                self._waiting.clear()


class Hub:
    """Sockets by topic."""

    def __init__(self, wire: Callable[["Hub"], Wire]) -> None:
        self._sockets: dict[str, set[Outbox]] = {}
        self._changing = asyncio.Lock()  # the last to leave and the first to come must not pass each other
        self._wire = wire(self)

    async def join(self, topics: Iterable[str], socket: Outbox) -> None:
        """Tell a socket of topics from now on."""
        async with self._changing:
            for topic in topics:
                if topic not in self._sockets:
                    await self._wire.open(topic)
                self._sockets.setdefault(topic, set()).add(socket)

    async def leave(self, topics: Iterable[str], socket: Outbox) -> None:
        """Tell a socket no more. The wire of a topic that nobody follows is closed."""
        async with self._changing:
            for topic in topics:
                left = self._sockets.get(topic, set())
                left.discard(socket)
                if topic in self._sockets and not left:
                    del self._sockets[topic]
                    await self._wire.close(topic)

    def deliver(self, topic: str, event: str, version: int) -> None:
        """Write one message to every socket of a topic. Called on the hub's own loop."""
        sockets = self._sockets.get(topic)
        if sockets:
            text = json.dumps({"event": event, "version": version})
            for socket in sockets:
                socket.put((topic, event), text)

    def poke(self) -> None:
        self._wire.poke()

    def size(self) -> dict[str, int]:
        """How many sockets follow each topic."""
        return {topic: len(sockets) for topic, sockets in self._sockets.items()}


_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub_here() -> Hub:
    """The hub of the running loop."""
    from .wires import make_wire

    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(make_wire)
    return _hubs[loop]


def poke_hubs() -> None:
    """Tell every hub of this process, from any thread, that there is news."""
    for hub in list(_hubs.values()):
        hub.poke()
