"""An election by hand, in a real browser: everybody has a window of their own."""

import re

import pytest
from django.db import transaction

from members.actions import link_login
from mutualgov.access.permissions import Role
from mutualgov.core.clock import now
from mutualgov.tenancy.scope import acting_in
from tests.browser import assert_accessible, sign_in
from tests.conftest import make_login
from tests.factories.members import make_members
from tests.voting.conftest import adopt_riverside

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "A demonstration in one sitting."


@pytest.fixture
def cast(weavers):
    """The people of the story, by first name; Nan, Ned, Nia and Noa are nurses."""
    with acting_in(weavers), transaction.atomic():
        adopt_riverside()
        people = {
            "wanda": make_login("Wanda Warp", weavers, Role.SECRETARY),
            "rosa": make_login("Rosa Reed", weavers, Role.RETURNING_OFFICER),
            "sam": make_login("Sam Shuttle", weavers, Role.SCRUTINEER),
        }
        names = ("nan", "ned", "nia", "noa")
        for name, membership in zip(names, make_members(4, constituency_key="nursing"), strict=True):
            people[name] = make_login(f"{name.title()} Nurse", weavers)
            link_login(membership=membership, user=people[name], by="tests", at=now())
    return people


@pytest.fixture
def window(new_page, cast):
    """``window("rosa")``: that person's browser, signed in; the same one each time."""
    windows = {}

    def of(name, **options):
        if name not in windows:
            windows[name] = new_page(**options)
            sign_in(windows[name], cast[name])
        return windows[name]

    return of


def press(page, label):
    page.get_by_role("button", name=label, exact=True).click()


def follow(page, label):
    page.get_by_role("link", name=label, exact=True).first.click()


def called(page):
    """The secretary answers three questions."""
    page.goto("/weavers/elections/")
    follow(page, "Call an election")
    page.get_by_label("staff governor for nursing and therapy").check()
    press(page, "Continue")
    page.get_by_label("How many seats are vacant?").fill("2")
    page.get_by_label("How do people reach the returning officer?").fill("Rosa Reed, rosa@example.org")
    assert_accessible(page)
    press(page, "Continue")
    assert_accessible(page)
    press(page, "Draft the election")
    return page.url


def stands(page, election, name):
    page.goto(election)
    follow(page, "Stand for election")
    page.get_by_label("Your name, as it is to stand on the ballot paper").fill(name)
    page.get_by_label("Your contact address").fill("1 High Street")
    page.get_by_label("I have no interests to declare").check()
    page.get_by_label("Your statement to voters").fill("I will listen, and say what I heard.")
    page.get_by_label("Neither the law nor the constitution bars me from this seat").check()
    page.get_by_label("I wish to stand, and what I have written here is true").check()
    assert_accessible(page)
    press(page, "Hand in my nomination")
    assert "Your nomination is in" in page.content()


def brings_forward(page, election):
    page.goto(election)
    page.get_by_text("Do not wait for this date").click()
    page.get_by_label("Why is it brought forward?").fill(REASON)
    press(page, "Let it fall now")


def votes(page, election, *ranks, look=assert_accessible):
    page.goto(election)
    follow(page, "Vote")
    for box, rank in zip(page.locator("input[name^=chosen_]").all(), ranks, strict=True):
        box.fill(rank)
    look(page)
    press(page, "Check my vote")
    look(page)
    press(page, "Cast my vote")
    look(page)
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.content())


def as_it_is(page):
    """Axe is a script, and this window runs none."""


def test_an_election_by_hand(window):
    election = called(window("wanda"))
    rosa, sam = window("rosa"), window("sam")
    rosa.goto(election)
    press(rosa, "Give notice")
    for name in ("nan", "ned", "nia"):
        stands(window(name), election, f"{name.title()} Nurse")
    rosa.goto("/weavers/")
    rosa.get_by_text("Decide 3 nominations").click()
    assert_accessible(rosa)
    for _ in range(3):
        rosa.get_by_role("link", name=re.compile("^Decide")).first.click()
        rosa.get_by_label("It stands").check()
        press(rosa, "Record the decision")
    brings_forward(rosa, election)
    press(rosa, "Close nominations")
    press(rosa, "Freeze the roll")
    assert_accessible(rosa)
    brings_forward(rosa, election)
    press(rosa, "Open voting now")
    assert_accessible(rosa)

    votes(window("nan"), election, "1", "2", "")
    votes(window("ned", width=375, height=812), election, "2", "1", "")
    votes(window("noa", java_script_enabled=False), election, "", "1", "2", look=as_it_is)

    rosa.goto(f"{election}papers/")
    rosa.get_by_label("Everybody on the roll who has not voted yet").check()
    assert_accessible(rosa)
    press(rosa, "Mark these envelopes")
    brings_forward(rosa, election)
    press(rosa, "Close voting")
    rosa.goto(f"{election}papers/")
    follow(rosa, "Key a batch")
    rosa.get_by_label("Or type them here, one paper to a line").fill("1 2")
    assert_accessible(rosa)
    press(rosa, "Keep this copy")
    sam.goto("/weavers/")
    sam.get_by_text("Key the second copy of batch B1").click()
    sam.get_by_label("Or type them here, one paper to a line").fill("1 3")
    press(sam, "Compare the two copies")
    assert "Line 1" in sam.content()
    assert_accessible(sam)
    sam.get_by_role("link", name="Key it again").click()
    sam.get_by_label("Or type them here, one paper to a line").fill("1 2")
    press(sam, "Compare the two copies")
    rosa.goto(election)
    press(rosa, "Count")
    assert_accessible(rosa)
    press(rosa, "Declare the result")
    assert_accessible(rosa)

    anyone = window("nan")
    anyone.context.clear_cookies()
    anyone.goto(f"{election}public/")
    assert_accessible(anyone)
    assert "Elected, in this order" in anyone.content()
