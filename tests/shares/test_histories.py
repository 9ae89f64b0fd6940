"""Whatever happens in whatever order, back-dated or not: the ledger's invariants hold on every date."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.actions import cease_membership
from mutualgov.core.rulings import Refusal
from shares.actions import cancel_shares, reverse_entry, transfer_shares
from shares.models import Certificate, ShareEntry, ShareLine
from shares.queries import holding, holdings, ledger_faults, share_totals
from tests.conftest import NOON
from tests.factories.members import make_members
from tests.factories.shares import allot

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]
EVERY_DAY = [*DAYS, date(2026, 6, 1)]

on = st.sampled_from(DAYS)
who = st.integers(0, 2)
units = st.integers(1, 3)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("allot"), on, who, units),
        st.tuples(st.just("transfer"), on, who, who, units),
        st.tuples(st.just("cancel"), on, who, units),
        st.tuples(st.just("reverse"), st.integers(0, 10)),
    ),
    max_size=14,
)
few_but_whole = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


class Undo(Exception):
    """Rolls an example back, so that the next begins anew."""


def play(act, members):
    """Do one act; a refusal is an answer too."""
    kind, *told = act
    same = {"class_key": "membership", "authority": "Minute 1", "by": "tests", "at": NOON}
    try:
        if kind == "allot":
            day, member, count = told
            return allot(members[member], units=count, on=day)
        if kind == "transfer":
            day, giver, taker, count = told
            return transfer_shares(giver=members[giver], taker=members[taker], units=count, effective_on=day, **same)
        if kind == "cancel":
            day, member, count = told
            return cancel_shares(membership=members[member], units=count, effective_on=day, **same)
        entries = list(ShareEntry.objects.order_by("pk"))
        return reverse_entry(entry=entries[told[0] % len(entries)], authority="Slip", by="tests", at=NOON)
    except (Refusal, ZeroDivisionError):
        return None


def three_members_of_whom_one_leaves():
    members = make_members(3, on=FIRST)
    cease_membership(membership=members[2], effective_on=DAYS[6], reason="left", by="tests", at=NOON)
    members[2].refresh_from_db()
    return members


def held_everywhere(members):
    return [[holding(member, on=day) for day in EVERY_DAY] for member in members]


@few_but_whole
@given(history=acts)
def test_any_history_keeps_the_ledger_whole(market, history):
    with pytest.raises(Undo), transaction.atomic():
        members = three_members_of_whom_one_leaves()
        for act in history:
            play(act, members)

        by_day = held_everywhere(members)
        assert all(0 <= units <= 5 for days in by_day for units in days)
        for day, *held in zip(EVERY_DAY, *by_day, strict=True):
            (total,) = share_totals(on=day)
            assert total.issued == sum(held) == sum(line.units for line in holdings(on=day))
            assert total.holders == sum(1 for units in held if units)
        assert all(
            sum(ShareLine.objects.filter(entry=entry).values_list("units", flat=True)) == 0
            for entry in ShareEntry.objects.all()
        )
        assert ledger_faults() == []
        numbers = list(Certificate.objects.order_by("pk").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        standing = Certificate.objects.filter(ends__isnull=True).values_list("units", flat=True)
        assert sum(standing) == sum(days[-1] for days in by_day)
        raise Undo


@few_but_whole
@given(history=acts, extra=acts)
def test_entries_reversed_from_the_last_back_leave_no_trace_on_any_date(market, history, extra):
    with pytest.raises(Undo), transaction.atomic():
        members = three_members_of_whom_one_leaves()
        for act in history:
            play(act, members)
        before = held_everywhere(members)

        made = [entry for entry in (play(act, members) for act in extra if act[0] != "reverse") if entry]
        for entry in reversed(made):
            reverse_entry(entry=entry, authority="Slip", by="tests", at=NOON)

        assert held_everywhere(members) == before
        raise Undo
