"""Entries of the chain in plain words."""

import pytest

from mutualgov.audit import words
from mutualgov.audit.actions import record
from mutualgov.audit.words import names_in, says, sentence, tells_names, who
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(words, "_sentences", {})
    monkeypatch.setattr(words, "_name_tellers", [])


def test_a_room_words_its_facts(in_weavers, secretary):
    says("mutual.moved", "The office of {subject} moved to {place} on {moved_on}; flags: {flags}.")
    entry = record(
        "mutual.moved", in_weavers, by=secretary, at=NOON, place="Leek", moved_on="2026-05-04", flags=["red", None]
    )

    assert sentence(entry) == f"The office of {in_weavers.pk} moved to Leek on 4 May 2026; flags: red, not set."
    assert who(entry, names=names_in([entry])) == "Wanda Warp"


def test_a_fact_nobody_worded_still_reads(in_weavers):
    entry = record("mutual.moved_house", in_weavers, by="clock", at=NOON)

    assert sentence(entry) == f"Mutual: moved house ({in_weavers.pk})."
    assert who(entry, names={}) == "The platform (clock)"


def test_a_detail_that_an_old_entry_lacks_leaves_a_gap(in_weavers):
    says("mutual.moved", "Moved to {place}.")

    assert sentence(record("mutual.moved", in_weavers, by="clock", at=NOON)) == "Moved to (not recorded)."


def test_names_stand_beside_references_only_while_somebody_knows_them(in_weavers):
    says("mutual.joined", "{member} joined.")
    entry = record("mutual.joined", in_weavers, by="clock", at=NOON, member="M-7K3QXM")

    before = sentence(entry, names=names_in([entry]))
    tells_names(lambda mentioned: {"M-7K3QXM": "Ada Loom"} if "M-7K3QXM" in mentioned else {})
    after = sentence(entry, names=names_in([entry]))

    assert (before, after) == ("M-7K3QXM joined.", "Ada Loom (M-7K3QXM) joined.")
