"""Allotting, transferring, cancelling, reversing: what the ledger and the chain say afterwards."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from members.actions import admit_member, cease_membership
from mutualgov.audit.models import AuditEntry
from mutualgov.tenancy.scope import acting_in
from shares.actions import (
    AllotmentRefused,
    CancellationRefused,
    ReversalRefused,
    SettlementRefused,
    TransferRefused,
    cancel_shares,
    reverse_entry,
    transfer_shares,
    transfer_to_nominee,
)
from shares.models import Certificate, Kind, ShareEntry
from shares.queries import (
    holding,
    holdings,
    leavers_with_shares,
    ledger_faults,
    live_certificates,
    members_without_share,
    share_totals,
)
from tests.conftest import NOON, TODAY
from tests.factories.members import make_member, make_members
from tests.factories.shares import adopt_society, allot

pytestmark = pytest.mark.django_db

MARCH_2, APRIL_1, MAY_4 = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 4)
ACT = {"class_key": "membership", "units": 1, "authority": "Minute 2", "by": "tests", "at": NOON}


def leave(membership, on=MAY_4):
    cease_membership(membership=membership, effective_on=on, reason="left", by="tests", at=NOON)
    membership.refresh_from_db()


def test_one_act_allots_to_many_and_everything_agrees(society, weavers):
    members = make_members(3)

    entry = allot(*members)

    assert [line.units for line in entry.lines.all()] == [-3, 1, 1, 1]
    (total,) = share_totals(on=TODAY)
    assert (total.issued, total.nominal_pence, total.holders, total.members, total.agrees) == (3, 300, 3, 3, True)
    assert [(line.name, line.units, line.certificates) for line in holdings(on=TODAY)] == [
        ("Member Number1", 1, (1,)),
        ("Member Number2", 1, (2,)),
        ("Member Number3", 1, (3,)),
    ]


def test_the_chain_holds_the_figures_and_a_digest_of_every_line(society):
    entry = allot(*make_members(2))

    fact = AuditEntry.objects.get(action="shares.allotted")
    assert (fact.subject, fact.rule, fact.details["units"], fact.details["holders"]) == (
        entry.reference,
        "shares.membership.hold",
        2,
        2,
    )
    assert ledger_faults() == []


def test_a_second_share_is_refused_and_names_the_rule(society):
    ann = make_member("Ann Ash")
    allot(ann)

    with pytest.raises(AllotmentRefused) as refused:
        allot(ann)

    assert refused.value.rule == "shares.membership.hold"
    assert refused.value.reason == "No member may hold more than one share, and Ann Ash has one already."


def test_one_in_the_way_stops_the_allotment_to_all(society):
    ann, bea = make_member("Ann Ash"), make_member("Bea Birch")
    allot(ann)

    with pytest.raises(AllotmentRefused):
        allot(bea, ann)

    assert members_without_share(class_key="membership", on=TODAY) == [bea]


def test_a_person_who_joins_again_does_not_get_a_second_share(society):
    """The first membership's share was never settled: the rule counts the person, not the number."""
    first = make_member("Ann Ash", on=MARCH_2)
    allot(first, on=MARCH_2)
    leave(first, on=APRIL_1)
    again = admit_member(
        person=first.person, class_key="staff", effective_on=MAY_4, authority="tests", by="tests", at=NOON
    )

    with pytest.raises(AllotmentRefused, match="Ann Ash has one already"):
        allot(again, on=MAY_4)


def test_a_back_dated_allotment_counts_what_came_after_it(society):
    ann = make_member("Ann Ash", on=MARCH_2)
    allot(ann, on=MAY_4)

    with pytest.raises(AllotmentRefused, match="has one already"):
        allot(ann, on=APRIL_1)


def test_nobody_is_allotted_a_share_before_joining_or_in_the_future(society):
    ann = make_member("Ann Ash", on=MAY_4)

    with pytest.raises(AllotmentRefused, match="not on the register on 1 April 2026"):
        allot(ann, on=APRIL_1)
    with pytest.raises(AllotmentRefused, match="is in the future"):
        allot(ann, on=date(2026, 6, 2))


def test_the_same_member_twice_in_one_list_is_refused(society):
    ann = make_member("Ann Ash")

    with pytest.raises(AllotmentRefused, match="chosen twice"):
        allot(ann, ann)


def test_the_register_of_an_earlier_day_shows_that_day(society):
    ann, bea = make_member("Ann Ash", on=MARCH_2), make_member("Bea Birch", on=MARCH_2)
    allot(ann, on=APRIL_1)
    allot(bea, on=MAY_4)

    assert [line.name for line in holdings(on=MARCH_2)] == []
    assert [line.name for line in holdings(on=APRIL_1)] == ["Ann Ash"]
    assert [line.name for line in holdings(on=MAY_4)] == ["Ann Ash", "Bea Birch"]


def test_a_societys_leaver_has_the_share_cancelled(society):
    ann = make_member("Ann Ash", on=MARCH_2)
    allot(ann, on=MARCH_2)
    leave(ann)
    (waiting,) = leavers_with_shares(on=TODAY)

    entry = cancel_shares(membership=ann, effective_on=MAY_4, **ACT)

    assert waiting.name == "Ann Ash"
    assert (entry.kind, leavers_with_shares(on=TODAY)) == (Kind.CANCEL, [])
    (total,) = share_totals(on=TODAY)
    assert (total.issued, total.holders) == (0, 0)
    assert (holding(ann, on=date(2026, 5, 3)), holding(ann, on=MAY_4)) == (1, 0)
    assert Certificate.objects.get().ends.get().entry == entry


def test_a_member_who_has_not_left_keeps_the_share(society):
    ann = make_member("Ann Ash", on=MARCH_2)
    allot(ann, on=MARCH_2)

    with pytest.raises(CancellationRefused, match="Ann Ash is still a member on 4 May 2026"):
        cancel_shares(membership=ann, effective_on=MAY_4, **ACT)


def test_a_company_refuses_to_cancel_and_names_the_lawful_ways(company):
    ann = make_member("Ann Ash", on=MARCH_2)
    allot(ann, on=MARCH_2)
    leave(ann)

    with pytest.raises(CancellationRefused) as refused:
        cancel_shares(membership=ann, effective_on=MAY_4, **ACT)

    assert refused.value.rule == "Companies Act 2006 s.617 and s.659"
    assert refused.value.reason == (
        "A company cannot cancel a fully paid share because its holder leaves: it would be reducing its capital. "
        "It may: transfer the share at par to the nominee, a trust or another member (Companies Act 2006 s.770); "
        "redeem it, if it was issued as a redeemable share (s.684); "
        "buy it back under an authorised contract and cancel it then (ss.690 to 708); "
        "take it as a gift, for no valuable consideration (s.659(1)). "
        "The constitution says: transferred at par to the staff share nominee."
    )
    assert holding(ann, on=TODAY) == 1


def test_a_companys_leaver_passes_the_share_to_the_nominee(company):
    ann, bea = make_member("Ann Ash", on=MARCH_2), make_member("Bea Birch", on=MARCH_2)
    allot(ann, bea, on=MARCH_2)
    leave(ann)

    entry = transfer_to_nominee(membership=ann, effective_on=MAY_4, **ACT)

    assert entry.kind == Kind.SETTLE
    assert [(line.name, line.units, line.certificates) for line in holdings(on=TODAY)] == [
        ("Bea Birch", 1, (2,)),
        ("the staff share nominee", 1, (3,)),
    ]
    (total,) = share_totals(on=TODAY)
    assert (total.issued, total.holders, total.agrees) == (2, 2, True)


def test_a_society_has_no_nominee_to_pass_a_share_to(society):
    ann = make_member("Ann Ash", on=MARCH_2)
    allot(ann, on=MARCH_2)
    leave(ann)

    with pytest.raises(SettlementRefused, match="the constitution says: cancelled, its amount going to reserves"):
        transfer_to_nominee(membership=ann, effective_on=MAY_4, **ACT)


def test_a_share_that_is_not_transferable_stays(society):
    ann, bea = make_members(2)
    allot(ann)

    with pytest.raises(TransferRefused) as refused:
        transfer_shares(giver=ann, taker=bea, effective_on=TODAY, **ACT)

    assert refused.value.rule == "shares.membership.transferable"


def test_a_transfer_moves_shares_and_renews_certificates(market):
    ann, bea = make_members(2)
    allot(ann, units=3)

    entry = transfer_shares(giver=ann, taker=bea, effective_on=TODAY, **{**ACT, "units": 2})

    assert (holding(ann, on=TODAY), holding(bea, on=TODAY)) == (1, 2)
    assert [(c.number, c.units, c.ends.count()) for c in Certificate.objects.all()] == [
        (1, 3, 1),
        (2, 1, 0),
        (3, 2, 0),
    ]
    assert entry.kind == Kind.TRANSFER


def test_a_back_dated_transfer_may_not_take_what_was_given_away_later(market):
    ann, bea, cal = make_members(3, on=MARCH_2)
    allot(ann, on=MARCH_2)
    transfer_shares(giver=ann, taker=bea, effective_on=MAY_4, **ACT)

    with pytest.raises(TransferRefused, match="has no shares to give from that date on"):
        transfer_shares(giver=ann, taker=cal, effective_on=APRIL_1, **ACT)


def test_a_transfer_beyond_the_ceiling_names_the_rule(market):
    ann, bea = make_members(2)
    allot(ann, bea, units=4)

    with pytest.raises(TransferRefused) as refused:
        transfer_shares(giver=ann, taker=bea, effective_on=TODAY, **{**ACT, "units": 2})

    assert refused.value.rule == "shares.membership.hold"
    assert refused.value.reason == "No member may hold more than 5 shares, and Member Number2 has 4 already."


def test_a_reversed_allotment_leaves_no_trace_and_voids_its_certificates(society):
    ann = make_member("Ann Ash", on=MARCH_2)
    entry = allot(ann, on=MARCH_2)

    reversal = reverse_entry(entry=entry, authority="Entered twice", by="tests", at=NOON)

    assert [holding(ann, on=day) for day in (MARCH_2, MAY_4, TODAY)] == [0, 0, 0]
    assert reversal.effective_on == entry.effective_on
    assert live_certificates([line.account_id for line in entry.lines.all()]) == {}
    assert allot(ann, on=MARCH_2).certificates.get().number == 2


def test_an_entry_is_reversed_once_and_a_reversal_never(society):
    entry = allot(make_member("Ann Ash"))
    reversal = reverse_entry(entry=entry, authority="Entered twice", by="tests", at=NOON)

    with pytest.raises(ReversalRefused, match="reversed already"):
        reverse_entry(entry=entry, authority="Again", by="tests", at=NOON)
    with pytest.raises(ReversalRefused, match="make the entry anew"):
        reverse_entry(entry=reversal, authority="Again", by="tests", at=NOON)


def test_a_reversal_that_others_rest_on_names_them(market):
    ann, bea = make_members(2)
    allotment = allot(ann)
    transfer = transfer_shares(giver=ann, taker=bea, effective_on=TODAY, **ACT)

    with pytest.raises(ReversalRefused) as refused:
        reverse_entry(entry=allotment, authority="Entered twice", by="tests", at=NOON)

    assert refused.value.reason == (
        f"The shares of entry {allotment.reference} have moved on: reverse {transfer.reference} first."
    )


def test_a_line_altered_behind_the_guards_is_found_by_its_digest(society):
    """Somebody who owns the database can take the guards away; the chain still knows what was written."""
    entry = allot(make_member("Ann Ash"))

    with unguarded("shares_shareline") as cursor:
        cursor.execute("update shares_shareline set units = units * 1000 where entry_id = %s", [entry.pk])

    assert ledger_faults() == [f"Share entry {entry.reference} is not what the audit chain recorded."]


@contextmanager
def unguarded(table):
    """A cursor for one whom no trigger of a table stops."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("set constraints all immediate")
            cursor.execute(f"alter table {table} disable trigger user")
        else:
            cursor.execute(f"drop trigger mgguard_{table}_update")
        yield cursor


def test_bakers_see_nothing_of_weavers_shares(society, bakers):
    allot(*make_members(2))

    with acting_in(bakers):
        adopt_society()
        assert (holdings(on=TODAY), ShareEntry.objects.count()) == ([], 0)
