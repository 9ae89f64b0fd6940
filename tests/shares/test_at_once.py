"""Two people at work on the same share at the same moment, on a database that lets them."""

import threading
from contextlib import closing

import pytest
from django.db import connection, connections, transaction

from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.scope import acting_in
from shares.actions import AllotmentRefused, reverse_entry
from shares.queries import holding, share_totals
from tests.conftest import NOON, TODAY
from tests.factories.members import make_member
from tests.factories.shares import adopt_society, allot

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def both_at_once(mutual, act):
    """Run an act in two threads that start together; returns what each came to."""
    ready, outcomes = threading.Barrier(2), []

    def run():
        with closing(connections["default"]), acting_in(mutual):
            ready.wait(timeout=10)
            try:
                with transaction.atomic():
                    outcomes.append(act())
            except Refusal as refusal:
                outcomes.append(refusal)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_of_two_allotments_to_one_member_at_once_one_wins(weavers):
    with acting_in(weavers), transaction.atomic():
        adopt_society()
        ann = make_member("Ann Ash")

    outcomes = both_at_once(weavers, lambda: allot(ann))

    refusals = [outcome for outcome in outcomes if isinstance(outcome, AllotmentRefused)]
    with acting_in(weavers), transaction.atomic():
        (total,) = share_totals(on=TODAY)
        assert (len(outcomes), len(refusals), holding(ann, on=TODAY), total.issued) == (2, 1, 1, 1)
    assert refusals[0].reason == "No member may hold more than one share, and Ann Ash has one already."


def test_of_two_reversals_of_one_entry_at_once_one_wins(weavers):
    with acting_in(weavers), transaction.atomic():
        adopt_society()
        ann = make_member("Ann Ash")
        entry = allot(ann)

    outcomes = both_at_once(weavers, lambda: reverse_entry(entry=entry, authority="Entered twice", by="tests", at=NOON))

    with acting_in(weavers), transaction.atomic():
        assert sorted(isinstance(outcome, Refusal) for outcome in outcomes) == [False, True]
        assert holding(ann, on=TODAY) == 0
