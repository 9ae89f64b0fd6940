"""A batch is written whole, once, and against the register it was compared with."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import date

import pytest
from django.db import connection, connections, transaction

from members import queries
from members.actions import cease_membership
from members.feed.actions import (
    BatchRefused,
    UnreadableFile,
    approve_batch,
    compare_again,
    discard_batch,
    propose_staff_feed,
)
from members.feed.sample import sample_staff_csv
from members.models import Assignment, FeedBatch, FeedLine, Membership, Person, RegisterEntry
from mutualgov.audit.models import AuditEntry
from mutualgov.audit.queries import chain_faults
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY
from tests.factories.members import make_member
from tests.members.conftest import adopt
from tests.members.payroll import ann, as_csv, ben, bring_in, kinds, others, propose, said

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


def approve(batch, **how):
    return approve_batch(batch=batch, by="tests", at=NOON, **how)


def written():
    return Person.objects.count(), Membership.objects.count(), RegisterEntry.objects.count(), Assignment.objects.count()


def test_nothing_reaches_the_register_before_approval(in_society):
    batch = propose(ann(), ben())

    assert kinds(batch) == [("join", 2), ("join", 3)]
    assert written() == (0, 0, 0, 0)


def test_approval_writes_everything_and_says_how_much(in_society):
    approve(propose(ann(), ben(Assignment_Category="Bank")))

    assert [line.name for line in queries.register_entries(on=TODAY)] == ["Ann Weaver"]
    fact = AuditEntry.objects.get(action="members.feed_approved")
    assert {key: fact.details[key] for key in ("joined", "left", "changed", "held")} == {
        "joined": 1,
        "left": 0,
        "changed": 0,
        "held": 0,
    }
    assert chain_faults() == []


def test_approving_twice_is_refused(in_society):
    batch = propose(ann())
    approve(batch)

    with pytest.raises(BatchRefused) as refused:
        approve(batch)

    assert refused.value.reason == (
        f"staff.csv ({batch.reference}) was approved on 1 June 2026; nothing is done twice."
    )
    assert Membership.objects.count() == 1


def test_bringing_the_same_file_in_again_changes_nothing(in_society):
    rows = [ann(), ben(Termination_Date="31/08/2026")]
    first = bring_in(*rows)

    again = propose(*rows)

    assert said(again) == []
    assert again.notes[-1] == f"The same file was approved on 1 June 2026 ({first.reference})."
    before = written()
    approve(again)
    assert written() == before


def test_a_later_file_replaces_one_that_waits(in_society):
    first = propose(ann())
    second = propose(ann(), ben())

    with pytest.raises(BatchRefused, match="was replaced by a later file"):
        approve(first)
    approve(second)
    assert Membership.objects.count() == 2


def test_a_register_that_moved_asks_to_compare_again(in_society):
    bring_in(ann())
    batch = propose(ann(Staff_Group="Estates and Ancillary"))
    cease_membership(membership=Membership.objects.get(), effective_on=TODAY, reason="resigned", by="tests", at=NOON)

    with pytest.raises(BatchRefused, match="The register has changed since this file was compared with it"):
        approve(batch)
    again = compare_again(batch=batch, by="tests", at=NOON)
    assert kinds(again) == [("conflict", 2)]
    approve(again)


def test_what_was_held_about_people_goes_when_the_batch_is_settled(in_society):
    for settle in (approve, lambda batch: discard_batch(batch=batch, by="tests", at=NOON)):
        batch = propose(ann(Preferred_Name=str(settle)[:20]))
        settle(batch)

    assert {(batch.content, str(batch.seen)) for batch in FeedBatch.objects.all()} == {(None, "[]")}
    assert [line.data for line in FeedLine.objects.exclude(data={})] == []


def test_a_file_that_cannot_be_read_leaves_the_waiting_batch_alone(in_society):
    waiting = propose(ann())

    with pytest.raises(UnreadableFile):
        propose_staff_feed(file=b"%PDF", filename="x.pdf", by="tests", at=NOON)

    waiting.refresh_from_db()
    assert waiting.stage == "proposed"


def test_a_file_without_first_names_is_refused_and_its_headings_named(in_society):
    headings = ("Employee Number", "Last Name", "Postcode")

    with pytest.raises(UnreadableFile) as refused:
        propose(content=as_csv(ann(), headings=headings))

    assert refused.value.reason == (
        "staff.csv has no column for First Name. Its headings are: Employee Number, Last Name, Postcode."
    )
    assert FeedBatch.objects.count() == 0


def test_the_feed_knows_a_member_who_was_entered_by_hand(in_society):
    make_member("Ann Weaver", employee_number="10949595", email="ann.weaver@staff.example", born_on=date(1980, 2, 1))

    batch = propose(ann())

    assert said(batch) == [
        (
            "change",
            2,
            "Ann Weaver: new postal address, postcode, National Insurance number.",
        )
    ]


def test_progress_is_told_to_the_end(in_society):
    proposing, approving = [], []
    batch = propose_staff_feed(
        file=as_csv(ann(), ben(), *others(28)),
        filename="x.csv",
        by="tests",
        at=NOON,
        progress=lambda *step: proposing.append(step),
    )
    approve(batch, progress=lambda *step: approving.append(step))

    assert proposing == [(20, 30), (30, 30)]
    assert approving == [(n, 30) for n in range(1, 31)]


def test_eight_hundred_rows_come_in_quickly(in_society):
    content = sample_staff_csv(rows=800).encode()
    start = time.process_time()
    approve(propose_staff_feed(file=content, filename="staff.csv", by="tests", at=NOON))
    seconds = time.process_time() - start

    assert len(queries.register_entries(on=TODAY)) == 792
    assert seconds < 4, seconds  # well under 2 on an idle machine; the rest is for a busy one


def test_an_approval_that_breaks_off_writes_nothing(in_society):
    batch = propose(
        *[ann(Employee_Number=str(i), NI_Number=f"AA{300000 + i}A", Postcode=f"MB1 {i}AA") for i in range(5)]
    )
    before = written(), AuditEntry.objects.count()

    def cut_off(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        approve(batch, progress=cut_off)

    assert (written(), AuditEntry.objects.count()) == before
    batch.refresh_from_db()
    assert batch.stage == "proposed"
    assert Membership.objects.count() == 0
    approve(batch)
    assert Membership.objects.count() == 5


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_wins(weavers):
    with acting_in(weavers):
        adopt("riverside", weavers)
        batch = propose(ann(), ben())
    together = threading.Barrier(2)
    outcomes = []

    def approve_in_a_thread():
        try:
            with acting_in(Mutual.objects.get(key="weavers")):
                together.wait(timeout=20)
                approve(batch)
                outcomes.append("approved")
        except BatchRefused as refused:
            outcomes.append(refused.reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve_in_a_thread) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(outcomes) == [
        "approved",
        f"staff.csv ({batch.reference}) was approved on 1 June 2026; nothing is done twice.",
    ]
    with acting_in(weavers), transaction.atomic():
        assert written() == (2, 2, 2, 2)
        assert chain_faults() == []


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_approval_killed_half_way_leaves_nothing_half_written(weavers):
    with acting_in(weavers):
        adopt("riverside", weavers)
        batch = propose(ann(), ben())
    script = textwrap.dedent(
        f"""
        import os, signal
        import django
        django.setup()
        from members.feed.actions import approve_batch
        from members.models import FeedBatch
        from mutualgov.tenancy.models import Mutual
        from mutualgov.tenancy.scope import acting_in
        from django.db import transaction
        from tests.conftest import NOON
        with acting_in(Mutual.objects.get(key="weavers")), transaction.atomic():
            batch = FeedBatch.objects.get(reference="{batch.reference}")
            approve_batch(batch=batch, by="tests", at=NOON, progress=lambda *step: os.kill(os.getpid(), signal.SIGKILL))
        """
    )
    database = connection.settings_dict["NAME"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mutualgov.settings",
        "PGDATABASE": database,
        "MG_DB": "postgresql",
    }

    killed = subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, check=False)

    assert killed.returncode == -signal.SIGKILL
    with acting_in(weavers), transaction.atomic():
        assert written() == (0, 0, 0, 0)
        assert FeedBatch.objects.get().stage == "proposed"
        approve(FeedBatch.objects.get())
        assert written() == (2, 2, 2, 2)
        assert chain_faults() == []
