"""Limits on seats, as they stand and as they would."""

import pytest

from councils.actions import fill_seat
from councils.limits import seat_limits
from councils.queries import seat, who_sits
from mutualgov.audit.news import deliver
from mutualgov.constitution.queries import rulebook_in_force
from tests.conftest import NOON, TODAY
from tests.factories.councils import adopt_two_tiers, declare
from tests.factories.members import make_members

pytestmark = pytest.mark.django_db


def nominate(*numbers):
    for number in numbers:
        fill_seat(
            seat=seat(body_key="council", seat_key="community_governor", number=number),
            holder_name=f"Partner {number}",
            from_on=TODAY,
            source="Letter of 3 May 2026",
            by="tests",
            at=NOON,
        )


@pytest.fixture
def council(in_weavers):
    """Three elected governors on a council of fifteen votes."""
    adopt_two_tiers()
    deliver(in_weavers)
    declare(*make_members(3))
    deliver(in_weavers)
    return in_weavers


def limit():
    (found,) = seat_limits(rulebook_in_force(on=TODAY), on=TODAY)
    return found


def test_the_elected_majority_is_counted_of_those_in_office(council):
    nominate(1)

    assert (limit().holds, limit().body_key) == (True, "council")
    assert "3 of 4" in limit().sentence
    assert limit().at_risk == ""


def test_a_limit_that_one_more_vacancy_would_break_says_so(council):
    nominate(1, 2)

    assert limit().holds
    assert limit().at_risk.startswith("If one staff governor for nursing and therapy went, this would be broken.")
    assert "2 of 4" in limit().at_risk


def test_a_broken_limit_is_told_as_broken(council):
    nominate(1, 2, 3)

    assert not limit().holds
    assert "3 of 6" in limit().sentence


def test_quorum_is_told_with_the_figure_for_those_in_office(council):
    nominate(1, 2)

    body = next(body for body in who_sits(on=TODAY) if body.key == "council")
    assert body.quorum == "Half must be there for it to decide: 3 of 5."
    assert (body.meets, body.filled, body.vacant, body.voting) == ("Meets 4 times a year.", 5, 10, 5)
