"""Who sits where, as members and the secretary meet it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Term
from mutualgov.access.permissions import Role
from mutualgov.audit.news import deliver
from mutualgov.duties.needs import Asker, needs_of
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON
from tests.factories.councils import adopt_two_tiers, declare
from tests.factories.members import make_member, make_members
from voting.actions import call_election

pytestmark = pytest.mark.django_db
FROM = {"from_on_day": "1", "from_on_month": "6", "from_on_year": "2026"}
CHAIR = "/weavers/councils/board/chair/1/"
NURSE = "/weavers/councils/council/staff_governor_nursing/1/"


@pytest.fixture
def council(weavers):
    with acting_in(weavers):
        adopt_two_tiers()
        deliver(weavers)
        declare(*make_members(3, on=date(2026, 3, 2)))
        deliver(weavers)
    return weavers


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


def test_a_member_sees_who_sits_until_when_and_what_is_vacant(client, council, member):
    client.force_login(member)

    index = client.get("/weavers/councils/").content.decode()
    page = client.get("/weavers/councils/council/").content.decode()

    assert "3 of 16 seats filled" in index
    assert "Member Number1" in page
    assert "From 1 June 2026 until 31 May 2029" in page
    assert "Vacant" in page
    assert "Half must be there for it to decide: 2 of 3." in page


def test_the_day_before_a_term_shows_the_seat_vacant_and_who_is_to_take_it(desk, council):
    page = desk.get("/weavers/councils/council/?as_at_day=31&as_at_month=5&as_at_year=2026")

    assert page.context["body"].filled == 0
    assert "Member Number1 takes it on 1 June 2026." in page.content.decode()


def test_a_seat_shows_its_terms_and_why_each_ends(desk, council):
    page = desk.get(NURSE).content.decode()

    assert "3 years at the first election, so that seats fall vacant in turn" in page
    assert "31 May 2029" in page


def test_the_secretary_fills_an_appointed_seat_and_ends_its_term(desk, council):
    blank = desk.post(f"{CHAIR}fill/", {"holder_name": "Cher Person", **FROM})
    filled = desk.post(f"{CHAIR}fill/", {"holder_name": "Cher Person", "source": "Minute 12", **FROM}, follow=True)
    again = desk.post(f"{CHAIR}fill/", {"holder_name": "Some One", "source": "Minute 13", **FROM})

    assert (blank.status_code, "source" in blank.context["form"].errors) == (200, True)
    assert "The seat is filled." in filled.content.decode()
    assert again.status_code == 409
    assert "The seat is held until 31 May 2029. End that term first." in again.content.decode()
    with acting_in(council):
        assert Term.objects.get(seat__seat_key="chair").holder_name == "Cher Person"


def test_ending_a_term_asks_why_and_shows_the_seat_vacant(desk, council):
    with acting_in(council):
        Term.objects.filter(seat__number=1).update(from_on=date(2026, 1, 1))
    ended = {"ended_on_day": "4", "ended_on_month": "5", "ended_on_year": "2026"}

    blank = desk.post(f"{NURSE}end/", ended)
    done = desk.post(f"{NURSE}end/", {**ended, "reason": "Resigned"}, follow=True)
    again = desk.post(f"{NURSE}end/", {**ended, "reason": "Resigned"})

    assert "reason" in blank.context["form"].errors
    assert "The term is ended." in done.content.decode()
    assert "This seat is vacant" in done.content.decode()
    assert again.status_code == 409


def test_a_wrong_reference_is_said_beside_the_field(desk, council):
    wrong = desk.post(f"{CHAIR}fill/", {"member": "M-NOBODY", "source": "Minute 12", **FROM})

    assert wrong.context["form"].errors["member"] == [
        "No member has the reference M-NOBODY. Look it up on the register."
    ]


def test_the_secretary_is_told_of_vacancies_and_a_member_is_not(council, secretary):
    with acting_in(council):
        told = [need.title for need in needs_of(Asker(secretary, frozenset({Role.SECRETARY}), NOON))]
        of_a_member = needs_of(Asker(secretary, frozenset({Role.MEMBER}), NOON))

    assert "Call an election for 3 vacant seats: Staff governor for home and intermediate care" in told
    assert "Fill 2 vacant seats: GP governor" in told
    assert not any("nursing" in title for title in told)
    assert not any("vacant" in need.title for need in of_a_member)


def test_a_member_may_look_and_not_fill(client, council, member):
    client.force_login(member)

    assert "Fill this seat" not in client.get(CHAIR).content.decode()
    assert client.post(f"{CHAIR}fill/", {"holder_name": "X Y", "source": "Z", **FROM}).status_code == 403


@pytest.mark.parametrize("address", ["cabinet/", "council/nobody/1/", "council/staff_governor_nursing/9/"])
def test_what_is_not_there_is_not_found(desk, council, address):
    assert desk.get(f"/weavers/councils/{address}").status_code == 404


def test_the_council_page_asks_the_database_as_often_for_three_as_for_five(desk, council):
    with CaptureQueriesContext(connection) as for_three:
        desk.get("/weavers/councils/council/")
    with acting_in(council):
        declare(
            *[make_member(f"Sue Support{n}", constituency_key="support") for n in (1, 2)], seat="staff_governor_support"
        )
        deliver(council)
    with CaptureQueriesContext(connection) as for_five:
        desk.get("/weavers/councils/council/")

    assert len(for_five) == len(for_three)


def test_seats_for_which_an_election_is_under_way_are_not_called_again(council, secretary):
    with acting_in(council):
        make_election_for_support(seats=1)
        told = [need.title for need in needs_of(Asker(secretary, frozenset({Role.SECRETARY}), NOON))]
        make_election_for_support(seats=1)
        told_later = [need.title for need in needs_of(Asker(secretary, frozenset({Role.SECRETARY}), NOON))]

    assert "Call an election for 1 vacant seat: Staff governor for support services" in told
    assert not any("support services" in title for title in told_later)


def make_election_for_support(*, seats):
    call_election(
        body_key="council",
        seat_key="staff_governor_support",
        seats=seats,
        close_on=date(2026, 9, 1),
        by="tests",
        at=NOON,
    )
