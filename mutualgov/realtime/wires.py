"""How news cross from the process that made them to the processes that have sockets."""

import asyncio
import logging
import threading
from contextlib import suppress
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError, connection

from .hub import Hub, Wire
from .models import FeedRow

log = logging.getLogger(__name__)

LOOK_EVERY = 0.2  # seconds; a look at SQLite's data_version takes microseconds
OVERLAP = 100  # rows read again on each look: numbers are given out in another order than they are committed


def make_wire(hub: Hub) -> Wire:
    """Valkey or Redis where there is one, else rows in the database."""
    return LayerWire(hub) if settings.REDIS_URL else RowsWire(hub)


class LayerWire:
    """One channel of the channel layer for all sockets of the process, and one task that reads it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._layer: Any = get_channel_layer()
        self._channel = ""
        self._topics: set[str] = set()
        self._reader: asyncio.Task[None] | None = None

    async def open(self, topic: str) -> None:
        if not self._topics:
            self._channel = await self._layer.new_channel()
            self._reader = asyncio.create_task(self._read(self._channel))
        await self._layer.group_add(topic, self._channel)
        self._topics.add(topic)

    async def close(self, topic: str) -> None:
        self._topics.discard(topic)
        await self._layer.group_discard(topic, self._channel)
        if not self._topics and self._reader:
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader
            self._reader = None

    def poke(self) -> None:
        """The layer brings its messages by itself."""

    async def _read(self, channel: str) -> None:
        while True:
            try:
                news = await self._layer.receive(channel)
            except OSError:
                log.exception("the channel layer is out of reach; trying again")
                await asyncio.sleep(1)
                continue
            self._hub.deliver(news["topic"], news["event"], news["version"])


class RowsWire:
    """One thread that looks for new rows: when it is poked, and otherwise when the database has moved."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._topics: set[str] = set()
        self._watch: Watch | None = None

    async def open(self, topic: str) -> None:
        if self._watch is None:
            told = await database_sync_to_async(newest_rows)()
            self._watch = Watch(self._hub, asyncio.get_running_loop(), told=told)
            self._watch.start()
        self._topics.add(topic)

    async def close(self, topic: str) -> None:
        self._topics.discard(topic)
        if not self._topics and self._watch:
            watch, self._watch = self._watch, None
            watch.stop()
            await asyncio.to_thread(watch.join)

    def poke(self) -> None:
        watch = self._watch
        if watch:
            watch.poke()


def newest_rows() -> set[int]:
    """Numbers of the rows that are there already: the page was made after them."""
    return set(FeedRow.objects.order_by("-pk").values_list("pk", flat=True)[:OVERLAP])


class Watch(threading.Thread):
    """Reads rows and hands them to the hub on the hub's own loop. Keeps one database connection of its own."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop, *, told: set[int]) -> None:
        super().__init__(name="feed-rows", daemon=True)
        self._hub, self._loop = hub, loop
        self._told = told
        self._newest = max(told, default=0)
        self._awake = threading.Event()
        self._stopped = False
        self._seen_version: Any = None

    def poke(self) -> None:
        self._awake.set()

    def stop(self) -> None:
        self._stopped = True
        self._awake.set()

    def run(self) -> None:
        try:
            while not self._stopped:
                poked = self._awake.wait(LOOK_EVERY)
                self._awake.clear()
                try:
                    if self._has_moved() or poked:
                        self._tell()
                except DatabaseError:
                    log.exception("feed rows cannot be read; trying again")
                    connection.close()
        finally:
            connection.close()

    def _has_moved(self) -> bool:
        """Whether anybody else has committed since the last look. Only SQLite can say so for less than a read."""
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            version = cursor.execute("pragma data_version").fetchone()
        moved, self._seen_version = version != self._seen_version, version
        return bool(moved)

    def _tell(self) -> None:
        rows = FeedRow.objects.filter(pk__gt=self._newest - OVERLAP).order_by("pk")
        for row in rows:
            if row.pk not in self._told:
                self._told.add(row.pk)
                self._loop.call_soon_threadsafe(self._hub.deliver, row.topic, row.event, row.version)
                self._newest = max(self._newest, row.pk)
        self._told = {number for number in self._told if number > self._newest - OVERLAP}
