"""Seats made from the constitution, filled, ended, lapsed; what the chain and who_sits say afterwards."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from councils.actions import SeatRefused, TermRefused, end_term, fill_seat, sync_seats
from councils.models import How, Seat, Term
from councils.queries import seat, vacancies, who_sits
from members.actions import cease_membership, change_constituency
from mutualgov.audit.models import AuditEntry
from mutualgov.audit.news import deliver
from mutualgov.audit.words import names_in, sentence
from tests.conftest import NOON, TODAY
from tests.factories.councils import NURSING, SINCE, adopt_two_tiers, declare
from tests.factories.members import make_member, make_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(in_weavers):
    """Weavers with every seat of its constitution, none of them filled."""
    adopt_two_tiers()
    deliver(in_weavers)
    return in_weavers


def fill(body_key, seat_key, number=1, *, on=TODAY, source="Minute 12", **who):
    return fill_seat(
        seat=seat(body_key=body_key, seat_key=seat_key, number=number),
        from_on=on,
        source=source,
        by="tests",
        at=NOON,
        **who,
    )


def sitting(path, *, on=TODAY):
    """Names in the seats of a name on a date; None where vacant."""
    body_key, _, seat_key = path.partition(".")
    body = next(body for body in who_sits(on=on) if body.key == body_key)
    return [
        place.holder and place.holder.name
        for place in body.places
        if (place.seat.body_key, place.seat.seat_key) == (body_key, seat_key)
    ]


def test_adopting_a_constitution_opens_its_seats_once(council):
    made = Seat.objects.count()

    again = sync_seats(on=SINCE, by="tests", at=NOON)

    assert (made, again) == (23, [])
    assert AuditEntry.objects.filter(action="councils.seat_opened").count() == 23
    assert Seat.objects.filter(body_key="council", seat_key=NURSING).count() == 3


def test_a_later_version_adds_and_closes_seats_and_deletes_none(council):
    fill("council", "gp_governor", 1, holder_name="Gia Pea")
    july_1 = date(2026, 7, 1)

    adopt_two_tiers(
        on=july_1,
        change=[
            ("seat: community_governor, n: 3", "seat: community_governor, n: 2"),
            ("name: non-executive director, n: 3", "name: non-executive director, n: 4"),
        ],
    )
    deliver(council)

    closed = Seat.objects.filter(closed_on__isnull=False)
    assert [(s.reference, s.closed_on) for s in closed] == [("council.community_governor.3", july_1)]
    assert (sitting("board.ned"), sitting("board.ned", on=july_1)) == ([None] * 3, [None] * 4)
    assert sitting("council.community_governor") == [None] * 3
    assert sitting("council.community_governor", on=july_1) == [None] * 2


def test_a_held_seat_is_not_taken_from_its_holder_by_a_new_version(council):
    """Places 1 and 2 are vacant: they go. Place 3 is held and stays."""
    fill("council", "community_governor", 3, holder_name="Cy Mew")

    adopt_two_tiers(on=date(2026, 7, 1), change=[("seat: community_governor, n: 3", "seat: community_governor, n: 1")])
    deliver(council)

    assert sitting("council.community_governor", on=date(2026, 7, 1)) == ["Cy Mew"]


def test_a_declared_result_fills_the_seats_in_the_order_elected(council):
    ann, bea, cal = make_members(3, on=date(2026, 3, 2))
    declare(bea, ann, cal)

    deliver(council)

    assert sitting(f"council.{NURSING}") == ["Member Number2", "Member Number1", "Member Number3"]
    terms = Term.objects.order_by("seat__number")
    assert [(t.how, t.from_on, t.until_on) for t in terms] == [
        (How.ELECTED, TODAY, date(2029, 5, 31)),
        (How.ELECTED, TODAY, date(2028, 5, 31)),
        (How.ELECTED, TODAY, date(2027, 5, 31)),
    ]
    assert "the first elected serve longest" in terms[1].because
    fact = AuditEntry.objects.filter(action="councils.seat_filled").first()
    assert (fact.subject, fact.rule, fact.details["membership"], fact.details["until_on"]) == (
        "council.staff_governor_nursing.1",
        "bodies.council.seats.staff_governor_nursing.term",
        bea.reference,
        "2029-05-31",
    )


def test_news_told_twice_fills_no_seat_twice(council):
    declare(*make_members(3, on=date(2026, 3, 2)))

    deliver(council)
    deliver(council)

    assert Term.objects.count() == 3


def test_too_few_elected_leave_the_last_seats_vacant(council):
    (ann,) = make_members(1, on=date(2026, 3, 2))
    declare(ann)

    deliver(council)

    assert sitting(f"council.{NURSING}") == ["Member Number1", None, None]
    assert next(v for v in vacancies(on=TODAY) if v.seat_key == NURSING).count == 2


def test_somebody_elected_who_has_left_gets_no_seat_and_the_chain_says_so(council):
    ann, bea = make_members(2, on=date(2026, 3, 2))
    cease_membership(membership=ann, effective_on=TODAY, reason="left", by="tests", at=NOON)
    declare(ann, bea)

    deliver(council)

    assert sitting(f"council.{NURSING}") == [None, "Member Number2", None]
    fact = AuditEntry.objects.get(action="councils.elected_without_seat")
    assert fact.details["membership"] == ann.reference


def test_a_result_for_a_seat_that_a_new_version_dropped_is_told_and_blocks_no_news(council):
    ann = make_member("Ann Ash", on=date(2026, 3, 2))
    declare(ann, seat="tea_governor")
    declare(ann)

    deliver(council)

    assert AuditEntry.objects.get(action="councils.elected_without_seat").details["membership"] == ann.reference
    assert sitting(f"council.{NURSING}") == ["Ann Ash", None, None]


def test_a_seat_lapses_on_the_day_the_member_left_and_not_when_it_was_entered(council):
    ann, bea, cal = make_members(3, on=date(2026, 3, 2))
    declare(ann, bea, cal, on=date(2026, 4, 1))
    deliver(council)

    cease_membership(membership=bea, effective_on=date(2026, 5, 4), reason="left", by="tests", at=NOON)
    deliver(council)

    assert sitting(f"council.{NURSING}", on=date(2026, 5, 3))[1] == "Member Number2"
    assert sitting(f"council.{NURSING}", on=date(2026, 5, 4))[1] is None
    fact = AuditEntry.objects.get(action="councils.seat_lapsed")
    assert (fact.rule, fact.details["ended_on"]) == (
        "bodies.council.seats.staff_governor_nursing.from",
        "2026-05-04",
    )


def test_a_governor_who_moves_constituency_loses_the_seat_of_the_old_one(council):
    (ann,) = make_members(1, constituency_key="nursing", on=date(2026, 3, 2))
    declare(ann, on=date(2026, 4, 1))
    deliver(council)

    change_constituency(
        membership=ann,
        constituency_key="support",
        effective_on=date(2026, 5, 4),
        authority="tests",
        by="tests",
        at=NOON,
    )
    deliver(council)

    assert sitting(f"council.{NURSING}") == [None, None, None]


def test_an_employee_director_by_appointment_does_not_lapse_with_membership(council):
    """The chief executive's seat rests on the board's decision, not on being a member."""
    ann = make_member("Ann Ash", on=date(2026, 3, 2))
    fill("board", "chief_executive", membership=ann, on=date(2026, 4, 1))

    cease_membership(membership=ann, effective_on=date(2026, 5, 4), reason="left", by="tests", at=NOON)
    deliver(council)

    assert sitting("board.chief_executive") == ["Ann Ash"]


def test_whoever_follows_serves_the_rest_of_the_term(council):
    ann, bea, cal, dot = make_members(4, on=date(2026, 3, 2))
    declare(ann, bea, cal, on=date(2026, 4, 1))
    deliver(council)
    cease_membership(membership=ann, effective_on=date(2026, 5, 4), reason="left", by="tests", at=NOON)

    declare(dot, on=TODAY)
    deliver(council)

    term = Term.objects.get(membership=dot)
    assert (term.seat.number, term.from_on, term.until_on) == (1, TODAY, date(2029, 3, 31))
    assert term.because.startswith("The seat fell vacant early.")


def test_a_nominated_seat_is_filled_on_the_nominators_notice(council):
    term = fill("council", "authority_governor", holder_name="Cleo Council", source="Letter of 3 May 2026")

    assert (term.how, term.until_on, term.source) == (How.NOMINATED, date(2029, 5, 31), "Letter of 3 May 2026")
    assert sitting("council.authority_governor") == ["Cleo Council", None]


def test_without_evidence_no_seat_is_filled(council):
    with pytest.raises(SeatRefused) as refused:
        fill("council", "authority_governor", holder_name="Cleo Council", source=" ")

    assert refused.value.reason == "Say what this rests on: the nominator's notice."
    assert refused.value.rule == "bodies.council.seats.authority_governor.how"


def test_a_seat_that_goes_with_an_office_follows_it(council):
    fill("board", "chair", holder_name="Cher Person", on=date(2026, 4, 1))

    with pytest.raises(SeatRefused, match="held by whoever is chair of the board"):
        fill("council", "council_chair", holder_name="Someone Else")

    assert sitting("council.council_chair", on=date(2026, 3, 31)) == [None]
    assert sitting("council.council_chair") == ["Cher Person"]


def test_a_seat_that_is_held_cannot_be_filled(council):
    fill("board", "chair", holder_name="Cher Person")

    with pytest.raises(SeatRefused, match="The seat is held until 31 May 2029"):
        fill("board", "chair", holder_name="Someone Else", on=date(2027, 1, 1))


def test_an_elected_seat_without_a_next_in_line_wants_an_election(in_weavers):
    adopt_two_tiers(change=[(", vacancy: next_highest", "")])
    deliver(in_weavers)

    with pytest.raises(SeatRefused, match="is elected by nursing and therapy"):
        fill("council", NURSING, membership=make_member("Ann Ash"))


def test_the_next_in_the_count_may_fill_a_seat_where_the_constitution_says_so(council):
    ann = make_member("Ann Ash", constituency_key="nursing", on=date(2026, 3, 2))
    bob = make_member("Bob Birch", constituency_key="support", on=date(2026, 3, 2))

    with pytest.raises(SeatRefused, match="Bob Birch is not one of nursing and therapy"):
        fill("council", NURSING, membership=bob, source="Election EL-1, fourth")
    with pytest.raises(SeatRefused, match="open to nursing and therapy only"):
        fill("council", NURSING, holder_name="Out Sider", source="Election EL-1, fourth")
    term = fill("council", NURSING, membership=ann, source="Election EL-1, fourth")

    assert term.how == How.NEXT_HIGHEST


def test_a_term_is_ended_once_from_a_day_within_it(council):
    term = fill("board", "chair", holder_name="Cher Person", on=date(2026, 4, 1))

    for day, says in ((date(2026, 3, 1), "cannot end before that"), (date(2030, 1, 1), "is over from")):
        with pytest.raises(TermRefused, match=says):
            end_term(term=term, ended_on=day, reason="Resigned", by="tests", at=NOON)
    end_term(term=term, ended_on=date(2026, 5, 4), reason="Resigned", by="tests", at=NOON)

    assert sitting("board.chair", on=date(2026, 5, 3)) == ["Cher Person"]
    assert sitting("board.chair", on=date(2026, 5, 4)) == [None]
    with pytest.raises(TermRefused, match="is over from 4 May 2026 already"):
        end_term(term=term, ended_on=TODAY, reason="Resigned", by="tests", at=NOON)


def test_the_database_refuses_a_second_holder_of_a_seat(council):
    term = fill("board", "chair", holder_name="Cher Person")
    term.pk, term.holder_name, term.from_on = None, "Someone Else", date(2027, 1, 1)

    with pytest.raises(DatabaseError, match="one_holder_at_a_time"), transaction.atomic():
        term.save()


def test_the_past_is_read_with_the_names_and_seats_of_its_day(council):
    ann = make_member("Ann Ash", on=date(2026, 3, 2))
    declare(ann, on=date(2026, 4, 1))
    deliver(council)
    cease_membership(membership=ann, effective_on=date(2026, 5, 4), reason="left", by="tests", at=NOON)
    deliver(council)

    assert sitting(f"council.{NURSING}", on=date(2026, 4, 30)) == ["Ann Ash", None, None]
    assert sitting(f"council.{NURSING}", on=date(2026, 3, 31)) == [None, None, None]


def test_the_chain_reads_in_plain_words_with_the_names_of_seats(council):
    ann = make_member("Ann Ash", on=date(2026, 3, 2))
    declare(ann)
    deliver(council)
    facts = list(AuditEntry.objects.filter(action="councils.seat_filled"))

    assert [sentence(fact, names=names_in(facts)) for fact in facts] == [
        f"Ann Ash ({ann.reference}) took the seat of Staff governor for nursing and therapy, seat 1 "
        "(council.staff_governor_nursing.1) from 1 June 2026; last day 31 May 2029. On EL-7K3QXM."
    ]
