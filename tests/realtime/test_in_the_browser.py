"""An open page asks again when something moved, without being loaded anew."""

import threading

import pytest

from mutualgov.access.permissions import Role
from mutualgov.constitution.actions import start_text
from mutualgov.tenancy.scope import acting_in
from tests.browser import sign_in
from tests.conftest import make_login
from tests.factories.shares import adopt
from tests.factories.voting import give_notice, make_election


def in_a_thread(work) -> None:
    """As the server does it: sync Playwright keeps an event loop in the thread of the test."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=20)


@pytest.mark.main_path
def test_an_open_page_shows_that_the_election_has_moved(page, weavers):
    officer = make_login("Rita Reed", weavers, Role.RETURNING_OFFICER, Role.SECRETARY)
    with acting_in(weavers):
        adopt(start_text("riverside", key="weavers", name="Weavers Mutual"))
        election = make_election()
    sign_in(page, officer)
    page.goto(f"/weavers/elections/{election.reference}/")
    page.get_by_text("Draft", exact=True).first.wait_for()
    page.locator("[data-mg-feed-open]").wait_for(state="attached")
    page.evaluate("window.sameWindow = true")

    def give() -> None:
        from django.db import connections

        with acting_in(weavers):
            give_notice(election)
        connections.close_all()

    in_a_thread(give)

    page.get_by_text("Open for nominations", exact=True).first.wait_for()
    assert page.evaluate("window.sameWindow")
