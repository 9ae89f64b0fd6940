"""Real sockets on a real server: who may listen, and that no mutual hears another's news."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date

import pytest
import uvicorn
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings as django_settings
from django.db import connections, transaction
from django.test import Client
from django.urls import path
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from mutualgov.access.permissions import Role, permission
from mutualgov.realtime import publish as publishing
from mutualgov.realtime import wires
from mutualgov.realtime.consumers import FORBIDDEN, NOT_FOUND, MutualConsumer
from mutualgov.realtime.groups import group
from mutualgov.realtime.models import FeedRow
from mutualgov.realtime.publish import publish
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in, current_mutual
from tests.conftest import make_login

WATCH_LOOMS = permission("tests.watch_looms", "Watch the looms", {Role.SECRETARY})
SOON = 10  # seconds within which news that must come come, on a machine that is very busy
QUIET = 0.25  # seconds in which news that must not come would have come


class LoomFeed(MutualConsumer):
    """Follows one loom. Every mutual has the looms L-1 and L-2."""

    access = WATCH_LOOMS

    def feeds(self, mutual: Mutual) -> list[str]:
        assert current_mutual() == mutual
        if self.kwargs["reference"] not in {"L-1", "L-2"}:
            raise LookupError(self.kwargs["reference"])
        return [group(mutual, "loom", self.kwargs["reference"])]


APPLICATION = ProtocolTypeRouter(
    {
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter([path("ws/<slug:mutual>/looms/<str:reference>/", LoomFeed.as_asgi())]))
        )
    }
)


@pytest.fixture(params=["rows", "layer"] if django_settings.REDIS_URL else ["rows"])
def wire(request, settings) -> str:
    """Both ways in which news travel; the second where there is a Valkey, as in the whole suite."""
    if request.param == "rows":
        settings.REDIS_URL = ""
    return request.param


@pytest.fixture
def server(transactional_db, wire) -> Iterator[str]:
    """A server of its own for each test: its hub hears by the wire of the test."""
    for alias in connections:
        connections.settings[alias]["CONN_MAX_AGE"] = 0
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        APPLICATION, ws="websockets-sansio", lifespan="off", log_level="warning", timeout_graceful_shutdown=2
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"ws://localhost:{listener.getsockname()[1]}"
    running.should_exit = True
    thread.join(timeout=10)
    assert not [left for left in threading.enumerate() if left.name == "feed-rows"]


def listen(server: str, user, mutual: Mutual, loom: str = "L-1", **options) -> ClientConnection:
    """Open a socket as a login; raises ConnectionClosed with the reason where it is not let in."""
    headers = {}
    if user is not None:
        client = Client()
        client.force_login(user)
        headers["Cookie"] = f"{django_settings.SESSION_COOKIE_NAME}={client.cookies['sessionid'].value}"
    options = {"origin": "http://localhost"} | options
    opened = connect(f"{server}/ws/{mutual.key}/looms/{loom}/", additional_headers=headers, legacy=True, **options)
    try:
        opened.recv(timeout=0.1)
    except TimeoutError:
        return opened
    raise AssertionError("a fresh socket was told something")


def moved(mutual: Mutual, version: int, loom: str = "L-1") -> None:
    with acting_in(mutual), transaction.atomic():
        publish("loom", loom, event="loom.moved", version=version)


def heard(page: ClientConnection, versions: int = 1) -> list[int]:
    """Versions that a page is told: waits for as many as should come, then listens whether more do."""
    found = [json.loads(page.recv(timeout=SOON)) for _ in range(versions)]
    with contextlib.suppress(TimeoutError):
        while True:
            found.append(json.loads(page.recv(timeout=QUIET)))
    assert {message["event"] for message in found} <= {"loom.moved"}
    return [message["version"] for message in found]


def close_code(*arguments, **options) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        listen(*arguments, **options)
    return closed.value.rcvd.code


def test_a_page_hears_that_its_own_mutuals_thing_moved(server, weavers, bakers, secretary, bakers_secretary):
    with listen(server, secretary, weavers) as ours, listen(server, bakers_secretary, bakers) as theirs:
        moved(weavers, 1)
        after_ours = (heard(ours), heard(theirs, 0))
        moved(bakers, 8)
        after_theirs = (heard(theirs), heard(ours, 0))

    assert after_ours == ([1], [])
    assert after_theirs == ([8], [])


def test_a_page_hears_of_its_own_thing_only(server, weavers, secretary):
    with listen(server, secretary, weavers, "L-1") as one, listen(server, secretary, weavers, "L-2") as two:
        moved(weavers, 5, "L-2")

        assert (heard(two), heard(one, 0)) == ([5], [])


def test_what_is_rolled_back_is_no_news(server, weavers, secretary):
    with listen(server, secretary, weavers) as page:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            moved(weavers, 1)
            1 / 0  # noqa: B018
        moved(weavers, 2)

        assert heard(page) == [2]


def test_news_before_the_page_opened_are_not_told(server, weavers, secretary):
    moved(weavers, 1)

    with listen(server, secretary, weavers) as page:
        moved(weavers, 2)
        assert heard(page) == [2]


def test_outsiders_find_nothing(server, weavers, bakers, bakers_secretary, secretary):
    assert close_code(server, bakers_secretary, weavers) == NOT_FOUND
    assert close_code(server, None, weavers) == NOT_FOUND
    assert close_code(server, secretary, Mutual(key="millers")) == NOT_FOUND
    assert close_code(server, secretary, weavers, "L-3") == NOT_FOUND
    with listen(server, secretary, weavers) as page:
        assert heard(page, 0) == []


def test_members_without_the_permission_are_refused(server, weavers, member):
    assert close_code(server, member, weavers) == FORBIDDEN


def test_another_site_cannot_listen_through_a_visitors_browser(server, weavers, secretary):
    with pytest.raises(InvalidStatus) as refused:
        listen(server, secretary, weavers, origin="https://elsewhere.example.com")

    assert refused.value.response.status_code == 403


def test_a_feed_takes_no_orders(server, weavers, secretary):
    with listen(server, secretary, weavers) as page:
        for order in ("{", '{"type": "loom.stop"}', b"\x00\xff"):
            page.send(order)
        moved(weavers, 3)

        assert heard(page) == [3]


def test_many_pages_hear_by_one_subscription(server, weavers, secretary, monkeypatch):
    opened = []
    for kind in (wires.RowsWire, wires.LayerWire):
        true_open = kind.open

        async def counted(self, topic, true_open=true_open):
            opened.append(topic)
            await true_open(self, topic)

        monkeypatch.setattr(kind, "open", counted)

    pages = [listen(server, secretary, weavers) for _ in range(6)]
    moved(weavers, 1)
    told = [heard(page) for page in pages]
    for page in pages:
        page.close()

    assert told == [[1]] * 6
    assert opened == [f"m{weavers.pk}.loom.L-1"]


def test_news_of_another_process_arrive_without_a_poke(server, weavers, secretary, monkeypatch, wire):
    """A task process has no hub of ours to poke: the rows are found by looking."""
    monkeypatch.setattr(publishing, "poke_hubs", lambda: None)
    with listen(server, secretary, weavers) as page:
        moved(weavers, 4)

        assert heard(page) == [4]


@pytest.mark.parametrize("wire", ["rows"], indirect=True)
def test_a_row_that_commits_after_a_later_one_is_still_told(server, weavers, secretary):
    with listen(server, secretary, weavers) as page:
        topic = f"m{weavers.pk}.loom.L-1"
        FeedRow.objects.create(pk=50, topic=topic, event="loom.moved", version=2)
        first = heard(page)
        FeedRow.objects.create(pk=49, topic=topic, event="loom.moved", version=1)

        assert (first, heard(page)) == ([2], [1])


def test_a_role_that_has_ended_lets_nobody_in(server, weavers, transactional_db):
    user = make_login("Otto Out", weavers, Role.SECRETARY)
    user.grants.update(until_on=date(2021, 1, 1))

    assert close_code(server, user, weavers) == NOT_FOUND


@pytest.mark.django_db
def test_old_rows_are_thrown_away(weavers, settings, monkeypatch):
    settings.REDIS_URL = ""
    monkeypatch.setattr(publishing, "KEPT", 3)

    for version in range(1, 11):
        moved(weavers, version)

    assert FeedRow.objects.count() <= 6
    assert FeedRow.objects.order_by("-pk").first().version == 10
