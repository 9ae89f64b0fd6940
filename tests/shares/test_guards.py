"""What the database refuses about the ledger, whoever writes."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from mutualgov.tenancy.scope import acting_in
from shares.models import Kind, ShareAccount, ShareEntry, ShareLine
from tests.conftest import NOON
from tests.factories.members import make_member
from tests.factories.shares import adopt_society

pytestmark = pytest.mark.django_db(transaction=True)

MAY_1, MAY_9 = date(2026, 5, 1), date(2026, 5, 9)


def make_entry(*lines, on=MAY_1, class_key="membership", line_count=None):
    entry = ShareEntry.objects.create(
        kind=Kind.ALLOT,
        class_key=class_key,
        effective_on=on,
        recorded_at=NOON,
        authority="Minute 1",
        paid_pence=100,
        line_count=line_count or len(lines),
    )
    for position, (account, units) in enumerate(lines, start=1):
        ShareLine.objects.create(entry=entry, position=position, account=account, units=units)
    return entry


@transaction.atomic
def make_account(name):
    return ShareAccount.objects.create(class_key="membership", membership=make_member(name))


def kept_lines():
    with transaction.atomic():
        return list(ShareLine.objects.values_list("units", flat=True))


@pytest.fixture
def issuer(in_weavers):
    with transaction.atomic():
        adopt_society()
        return ShareAccount.objects.create(class_key="membership")


@pytest.fixture
def ann(issuer):
    return make_account("Ann Ash")


def test_an_entry_that_balances_is_kept(issuer, ann):
    with transaction.atomic():
        make_entry((issuer, -1), (ann, 1))

    assert kept_lines() == [-1, 1]


def test_an_entry_that_does_not_balance_is_refused(issuer, ann):
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        make_entry((issuer, -1), (ann, 2))

    assert kept_lines() == []


@pytest.mark.parametrize("kept", [0, 1])
def test_an_entry_left_without_all_its_lines_cannot_be_committed(issuer, ann, kept):
    lines = [(issuer, -1), (ann, 1)][:kept]

    with pytest.raises(DatabaseError), transaction.atomic():
        make_entry(*lines, line_count=2)

    assert kept_lines() == []


def test_no_line_is_added_to_an_entry_afterwards(issuer, ann):
    with transaction.atomic():
        entry = make_entry((issuer, -1), (ann, 1))
    other = make_account("Bea Birch")

    for position in (2, 3):
        with pytest.raises(DatabaseError), transaction.atomic():
            ShareLine.objects.create(entry=entry, position=position, account=other, units=1)


def test_entries_and_lines_are_neither_changed_nor_deleted(issuer, ann):
    with transaction.atomic():
        make_entry((issuer, -1), (ann, 1))

    for change in (
        "update shares_shareentry set effective_on = '2020-01-01'",
        "delete from shares_shareentry",
        "update shares_shareline set units = 5",
        "delete from shares_shareline",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_holding_below_zero_is_refused(issuer, ann):
    with pytest.raises(DatabaseError, match="below zero"), transaction.atomic():
        make_entry((ann, -1), (issuer, 1))


def test_a_back_dated_entry_is_held_against_everything_after_it(issuer, ann):
    """Ann has one share from 1 May and gives it back on 9 May: none is left to give back on 5 May."""
    with transaction.atomic():
        make_entry((issuer, -1), (ann, 1), on=MAY_1)
        make_entry((ann, -1), (issuer, 1), on=MAY_9)

    with pytest.raises(DatabaseError, match="below zero"), transaction.atomic():
        make_entry((ann, -1), (issuer, 1), on=date(2026, 5, 5))


def test_lines_stay_within_the_class_of_their_entry(issuer, ann):
    with pytest.raises(DatabaseError, match="class"), transaction.atomic():
        make_entry((issuer, -1), (ann, 1), class_key="investment")


def test_the_commit_checks_even_after_the_scope_is_left(weavers):
    with transaction.atomic(), acting_in(weavers):
        adopt_society()
        issuer = ShareAccount.objects.create(class_key="membership")
        ann = make_account("Ann Ash")
        make_entry((issuer, -1), (ann, 1))

    with acting_in(weavers):
        assert kept_lines() == [-1, 1]
