"""Lots that nobody can foresee and anyone can draw again."""

from __future__ import annotations

import hashlib

import pytest

from mutualgov.core.rulings import Refusal
from voting.counting.lots import (
    ListedLots,
    LotNeeded,
    ManualLots,
    NoLots,
    SeededLots,
    TiedCandidates,
    commitment,
    lot_digest,
    revealed_seed,
    rfc3797,
    seed_string,
)

SEED = "mutualgov-lot-v1|election-42|nonce=2b7e151628aed2a6|public=05-11-23-31-44-58+07"
TIE = TiedCandidates("stage-3|exclusion", "exclusion", 3, (2, 3), ("C", "D"))


def test_the_published_draw_can_be_drawn_again():
    assert seed_string(election="election-42", nonce="2b7e151628aed2a6", public="05-11-23-31-44-58+07") == SEED
    assert lot_digest(seed=SEED, event=TIE.event, key="C").startswith("6fb5dd8d")
    assert lot_digest(seed=SEED, event=TIE.event, key="D").startswith("3688cf61")
    assert SeededLots(SEED).draw(TIE) == (3,)


def test_another_event_is_another_draw():
    digests = {lot_digest(seed=SEED, event=f"stage-{stage}|exclusion", key="C") for stage in range(50)}

    assert len(digests) == 50


def test_the_lot_of_rfc_3797():
    sources = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]

    assert rfc3797(sources=sources, pool=25, picks=10) == (17, 7, 2, 16, 25, 23, 8, 24, 19, 13)
    key = b"\x00\x009319./2.5.8.10.12./9.18.26.34.41.45./\x00\x00"
    assert hashlib.md5(key).hexdigest().upper() == "990DD0A5692A029A98B5E01AA28F3459"


def test_only_the_nonce_committed_to_makes_the_seed():
    nonce = "2b7e151628aed2a6abf7158809cf4f3c"
    published = commitment(nonce)

    assert revealed_seed(election="e", nonce=nonce, public="p", committed=published) == (
        f"mutualgov-lot-v1|e|nonce={nonce}|public=p"
    )
    with pytest.raises(Refusal, match="was published before the poll"):
        revealed_seed(election="e", nonce=nonce[::-1], public="p", committed=published)


def test_a_short_nonce_could_be_guessed_and_is_refused():
    with pytest.raises(Refusal, match="shorter than 128 bits"):
        revealed_seed(election="e", nonce="2b7e151628aed2a6", public="p", committed=commitment("2b7e151628aed2a6"))


def test_without_lots_the_count_stops_and_asks():
    with pytest.raises(LotNeeded) as asked:
        NoLots().draw(TIE)

    assert asked.value.tie == TIE
    assert asked.value.reason == (
        "Stage 3: C and D are equal throughout. Draw a lot to pick one to be excluded, and count again with it."
    )


def test_a_lot_drawn_by_hand_answers_its_own_tie_and_no_other():
    drawn = ManualLots({"stage-3|exclusion": ["D"]})

    assert drawn.draw(TIE) == (3,)
    with pytest.raises(LotNeeded):
        drawn.draw(TiedCandidates("stage-4|exclusion", "exclusion", 4, (2, 3), ("C", "D")))


def test_an_agreed_order_must_name_everyone_tied():
    assert ListedLots([3, 0, 2]).draw(TIE) == (3,)
    with pytest.raises(LotNeeded):
        ListedLots([3, 0]).draw(TIE)


def test_several_places_take_several_names():
    tie = TiedCandidates("stage-1|seat", "seat", 1, (0, 1, 2), ("A", "B", "C"), places=2)

    assert ManualLots({"stage-1|seat": ["C", "A"]}).draw(tie) == (2, 0)
    with pytest.raises(Refusal, match="it must name 2 of A, B and C"):
        ManualLots({"stage-1|seat": ["C"]}).draw(tie)
    assert len(SeededLots("s").draw(tie)) == 2
