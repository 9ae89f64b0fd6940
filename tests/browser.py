"""A real browser on the real application, in the process of the tests.

A pytest plugin (``-p tests.browser`` in pyproject.toml). ``page`` is a fresh browser context on ``live_site``, the
application under uvicorn in a thread: it shares the test's database, mail box and patches. Whoever asks for it is
marked ``browser`` and collected last, because an async test cannot run in a process in which sync Playwright has
started. A page that breaks its own script or the content security policy fails its test.

    def test_a_secretary_reads_the_register(page, secretary, weavers):
        sign_in(page, secretary)
        page.goto("/weavers/members/")

        assert_accessible(page)
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.chromium import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from mutualgov.accounts.models import User

TIME_OUT_MS = 20_000  # a person would not wait so long; a busy machine in the middle of a run may need to
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever drives the browser, and run it after everything else."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)  # stable: all else keeps its order


@pytest.fixture(scope="session")
def site_address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The application under uvicorn in a thread, for the whole run; a test asks for ``live_site``."""
    import uvicorn
    from django.db import connections

    for alias in connections:  # no connection outlives its request, or the test databases could not be dropped
        connections.settings[alias]["CONN_MAX_AGE"] = 0
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        "mutualgov.asgi:application",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="site", daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the site does not start"
        time.sleep(0.02)
    yield f"http://localhost:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def live_site(site_address: str, transactional_db: None) -> str:
    """The address of the running site; what the test commits, the site sees."""
    return site_address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    from playwright.sync_api import sync_playwright

    path = find()
    if path is None:
        pytest.fail("No Chromium on this machine: ./mg test installs one, MG_CHROMIUM names one.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # sync Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_site: str) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a browser context of its own: one for every person in the story."""
    contexts, troubles = [], []

    def note(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:  # a refusal is no trouble
            troubles.append(message.text)

    def make(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_site,
            viewport={"width": width, "height": height},
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIME_OUT_MS)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", note)
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One person's page, as wide as a desk."""
    return new_page()


def sign_in(page: Page, user: User) -> None:
    """Give a page's browser the session of a login, as after signing in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}])


def assert_accessible(page: Page) -> None:
    """Axe finds nothing to complain of on the page as it is now."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    complaints = [f"{rule['id']}: {rule['help']}\n    {node['html']}" for rule in found for node in rule["nodes"]]
    assert not complaints, f"{page.url}\n" + "\n".join(complaints)
