"""The hub: one subscription for each topic, one text for all its sockets, and nobody waits for a slow one."""

import asyncio

import pytest

from mutualgov.realtime.hub import Hub, Outbox

TOPIC, EVENT = "m7.election.EL-7K3QXM", "election.changed"


class Wire:
    """A wire that notes which topics it carries."""

    def __init__(self, hub):
        self.opened, self.closed = [], []

    async def open(self, topic):
        await asyncio.sleep(0)
        self.opened.append(topic)

    async def close(self, topic):
        await asyncio.sleep(0)
        self.closed.append(topic)

    def poke(self):
        pass


class Page:
    """A socket, and what it was sent."""

    def __init__(self):
        self.heard = []
        self.outbox = Outbox(self.send)
        self.outbox.open()

    async def send(self, text):
        self.heard.append(text)


class SlowPage(Page):
    """Takes nothing before it is let go."""

    def __init__(self):
        super().__init__()
        self.let_go = asyncio.Event()

    async def send(self, text):
        await self.let_go.wait()
        self.heard.append(text)


class GonePage(Page):
    """Has closed its lid."""

    async def send(self, text):
        raise ConnectionResetError


async def a_moment():
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
async def hub():
    return Hub(Wire)


async def test_every_socket_of_a_topic_gets_the_very_same_text(hub):
    pages, elsewhere = [Page() for _ in range(100)], Page()
    for page in pages:
        await hub.join([TOPIC], page.outbox)
    await hub.join(["m8.election.EL-7K3QXM"], elsewhere.outbox)

    hub.deliver(TOPIC, EVENT, 3)
    await a_moment()

    assert {len(page.heard) for page in pages} == {1}
    assert {id(page.heard[0]) for page in pages} == {id(pages[0].heard[0])}
    assert pages[0].heard == ['{"event": "election.changed", "version": 3}']
    assert elsewhere.heard == []


async def test_a_topic_is_subscribed_once_and_given_up_with_its_last_socket(hub):
    pages = [Page() for _ in range(5)]

    await asyncio.gather(*(hub.join([TOPIC], page.outbox) for page in pages))
    first_four = asyncio.gather(*(hub.leave([TOPIC], page.outbox) for page in pages[:4]))
    await first_four
    assert (hub._wire.opened, hub._wire.closed, hub.size()) == ([TOPIC], [], {TOPIC: 1})
    await hub.leave([TOPIC], pages[4].outbox)

    assert (hub._wire.closed, hub.size()) == ([TOPIC], {})


async def test_leaving_twice_or_never_having_joined_is_no_harm(hub):
    page = Page()

    for _ in range(2):
        await hub.leave([TOPIC], page.outbox)

    assert hub._wire.closed == []


async def test_a_slow_socket_keeps_nobody_waiting_and_hears_the_newest_at_last(hub):
    slow, quick = SlowPage(), Page()
    for page in (slow, quick):
        await hub.join([TOPIC], page.outbox)

    for version in range(1, 51):
        hub.deliver(TOPIC, EVENT, version)
        await a_moment()
    assert len(quick.heard) == 50
    slow.let_go.set()
    await a_moment()

    assert slow.heard == [quick.heard[0], quick.heard[49]]


async def test_a_socket_that_is_gone_troubles_nobody(hub):
    gone, there = GonePage(), Page()
    for page in (gone, there):
        await hub.join([TOPIC], page.outbox)

    hub.deliver(TOPIC, EVENT, 1)
    await a_moment()

    assert len(there.heard) == 1


async def test_a_socket_that_closes_in_the_middle_of_a_message_is_let_go(hub):
    slow = SlowPage()
    await hub.join([TOPIC], slow.outbox)
    hub.deliver(TOPIC, EVENT, 1)
    await a_moment()

    slow.outbox.close()
    slow.let_go.set()
    await a_moment()

    assert slow.heard == []


async def test_news_that_come_before_the_socket_is_open_wait_for_it(hub):
    page = Page()
    page.outbox = Outbox(page.send)
    await hub.join([TOPIC], page.outbox)
    hub.deliver(TOPIC, EVENT, 1)
    await a_moment()
    assert page.heard == []

    page.outbox.open()
    await a_moment()

    assert page.heard == ['{"event": "election.changed", "version": 1}']
