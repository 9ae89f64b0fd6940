"""Every websocket route against the same people: shut to outsiders and to those who may not, open to the right one."""

import re

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.db import transaction

from mutualgov.realtime.consumers import FORBIDDEN, NOT_FOUND, MutualConsumer
from mutualgov.sockets import websocket_urlpatterns
from mutualgov.tenancy.scope import acting_in
from tests.conftest import make_login
from tests.sweeps.conftest import found
from tests.sweeps.registry import role_with, role_without, samples_in

FEEDS = list(websocket_urlpatterns)


def arguments_of(pattern):
    return set(pattern.pattern.regex.groupindex) - {"mutual"}


def address(pattern, kwargs):
    """The route's path with its arguments filled in."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: kwargs[found[1]], str(pattern.pattern))


async def close_code(pattern, user, kwargs):
    """Code that the socket is closed with, or None when it stays open."""
    socket = WebsocketCommunicator(pattern.callback, address(pattern, kwargs))
    socket.scope["url_route"] = {"kwargs": dict(kwargs), "args": ()}
    socket.scope["user"] = user
    await socket.connect()
    try:
        if await socket.receive_nothing(timeout=0.3):
            return None
        return (await socket.receive_output())["code"]
    finally:
        await socket.disconnect()


@pytest.fixture
def weavers(transactional_db):
    """Committed, for a socket reads on a connection of its own."""
    return found("weavers", "Weavers Mutual")


@pytest.fixture
def bakers(transactional_db):
    return found("bakers", "Bakers Mutual")


@pytest.fixture
def kwargs_for(weavers):
    def find(pattern):
        with acting_in(weavers), transaction.atomic():
            known = samples_in(weavers)
        room = pattern.callback.consumer_class.__module__.split(".")[0]
        given = next(
            values
            for name, values in known.items()
            if name.startswith(f"{room}:") and arguments_of(pattern) <= set(values)
        )
        return {"mutual": weavers.key, **{name: given[name] for name in arguments_of(pattern)}}

    return sync_to_async(find)


@pytest.mark.parametrize("pattern", FEEDS, ids=lambda p: str(p.pattern))
@pytest.mark.django_db(transaction=True)
async def test_only_the_right_person_hears_a_feed(pattern, weavers, bakers_secretary, kwargs_for):
    access = pattern.callback.consumer_class.access
    kwargs = await kwargs_for(pattern)
    login = sync_to_async(make_login)

    assert await close_code(pattern, bakers_secretary, kwargs) == NOT_FOUND
    if role_without(access):
        nosy = await login("Nosy Neighbour", weavers, role_without(access))
        assert await close_code(pattern, nosy, kwargs) == FORBIDDEN
    right = await login("Right Person", weavers, role_with(access))
    assert await close_code(pattern, right, kwargs) is None


@pytest.mark.parametrize("pattern", FEEDS, ids=lambda p: str(p.pattern))
def test_every_feed_declares_its_access(pattern):
    assert issubclass(pattern.callback.consumer_class, MutualConsumer)


def test_a_feed_without_access_fails_at_import():
    with pytest.raises(TypeError, match="declares no access"):
        type("Forgetful", (MutualConsumer,), {})
