"""The chain shows any entry that was altered, left out or moved."""

import pytest
from django.db import transaction

from mutualgov.audit import news
from mutualgov.audit.actions import Fact, record, record_many
from mutualgov.audit.chain import GENESIS, Fault, entry_hash, faults
from mutualgov.audit.models import AuditEntry, AuditHead, Bookmark
from mutualgov.audit.queries import chain_faults
from tests.conftest import NOON

pytestmark = pytest.mark.main_path


@pytest.fixture
def five_entries(in_weavers):
    record_many([Fact("mutual.tested", in_weavers, details={"n": n}) for n in range(5)], by="tests", at=NOON)
    return list(AuditEntry.objects.order_by("number"))


def check(entries, head=None):
    head = head or AuditHead.objects.get()
    return list(faults(entries, mutual_key="weavers", head_number=head.number, head_hash=head.hash))


def test_numbers_run_from_one_and_each_names_the_one_before(five_entries):
    assert [e.number for e in five_entries] == [1, 2, 3, 4, 5]
    assert [e.previous_hash for e in five_entries] == [GENESIS, *[e.hash for e in five_entries[:-1]]]
    assert chain_faults() == []


def test_an_altered_entry_is_named(five_entries):
    five_entries[2].details = {"n": 99}

    assert check(five_entries) == [Fault(3, "Entry 3 has been altered since it was written.")]


def test_an_entry_altered_with_its_hash_is_found_by_the_next(five_entries):
    five_entries[2].details = {"n": 99}
    five_entries[2].hash = entry_hash(five_entries[2], mutual_key="weavers")

    assert check(five_entries) == [Fault(4, "Entry 4 does not follow from entry 3.")]


def test_a_missing_entry_is_named(five_entries):
    del five_entries[1]

    assert check(five_entries) == [Fault(2, "Entry 2 is missing.")]


def test_a_missing_tail_is_found(five_entries):
    assert check(five_entries[:3]) == [Fault(4, "The chain ends at entry 3; 5 were written.")]


def test_entries_in_another_order_are_found(five_entries):
    five_entries[1], five_entries[2] = five_entries[2], five_entries[1]

    assert check(five_entries) != []


def test_a_rolled_back_fact_leaves_no_gap(in_weavers):
    record("mutual.tested", in_weavers, by="tests", at=NOON)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("mutual.tested", in_weavers, by="tests", at=NOON)
        1 / 0  # noqa: B018
    record("mutual.tested", in_weavers, by="tests", at=NOON)

    assert chain_faults() == []


def test_details_take_no_floats(in_weavers):
    with pytest.raises(TypeError, match="float"):
        record("mutual.tested", in_weavers, by="tests", at=NOON, share=0.5)


@pytest.fixture
def listener(monkeypatch):
    heard = []
    monkeypatch.setitem(news._listeners, "tests.listener", (frozenset({"mutual.tested"}), heard.append))
    return heard


def test_each_fact_is_told_once_and_in_order(in_weavers, listener, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record("mutual.tested", in_weavers, by="tests", at=NOON)
        record("mutual.ignored", in_weavers, by="tests", at=NOON)
        record("mutual.tested", in_weavers, by="tests", at=NOON)
    news.deliver(in_weavers)

    assert [entry.number for entry in listener] == [1, 3]


def test_a_listener_that_fails_is_told_again(in_weavers, monkeypatch):
    heard = []

    def fails_first(entry):
        heard.append(entry.number)
        if len(heard) == 1:
            raise RuntimeError("killed half-way")

    monkeypatch.setitem(news._listeners, "tests.listener", (frozenset({"mutual.tested"}), fails_first))
    record("mutual.tested", in_weavers, by="tests", at=NOON)

    with pytest.raises(RuntimeError), transaction.atomic():
        news.deliver(in_weavers)
    assert not Bookmark.objects.filter(number__gt=0).exists()
    news.deliver(in_weavers)

    assert heard == [1, 1]
    assert Bookmark.objects.get(listener="tests.listener").number == 1
