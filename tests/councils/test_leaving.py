"""What the register's pages say of a leaver's seats before anybody decides."""

from datetime import date

import pytest

from councils.actions import fill_seat
from councils.queries import seat
from members.leaving import meanings_of_leaving
from mutualgov.audit.news import deliver
from tests.conftest import NOON, TODAY
from tests.factories.councils import adopt_two_tiers, declare
from tests.factories.members import make_members

pytestmark = pytest.mark.django_db


def test_a_leaver_is_told_which_seats_fall_vacant_and_which_go_on(in_weavers):
    adopt_two_tiers()
    deliver(in_weavers)
    ann, ben, cal = make_members(3, on=date(2026, 3, 2))
    declare(ann)
    deliver(in_weavers)
    chief = seat(body_key="board", seat_key="chief_executive", number=1)
    fill_seat(seat=chief, membership=ben, from_on=TODAY, source="Minute 3", by="tests", at=NOON)

    said = meanings_of_leaving([ann.reference, ben.reference, cal.reference], on=TODAY)

    assert {reference: [s for s in sentences if "seat" in s] for reference, sentences in said.items()} == {
        ann.reference: [
            "Sits as Staff governor for nursing and therapy, seat 1, until 31 May 2029: the seat falls vacant that day."
        ],
        ben.reference: ["Sits as Chief executive, seat 1: the seat does not rest on membership and goes on."],
    }
