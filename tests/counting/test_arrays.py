"""Large elections are sorted in arrays and small ones in lists; the sheets must be the same."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.counting.elections import contest, elections
from voting.counting import RULES, SeededLots, count, read_blt, write_blt
from voting.counting.arrays import ArrayPapers
from voting.counting.values import Contest

LOTS = SeededLots("bakers-2026")
RANKED = [key for key, rule in RULES.items() if rule.ranked]


def in_arrays(plain: Contest) -> Contest:
    """The same contest with its papers in arrays, by way of a file."""
    from voting.counting import blt_bulk

    out = io.StringIO()
    write_blt(plain, out)
    before, blt_bulk.ARRAYS_FROM = blt_bulk.ARRAYS_FROM, 0
    try:
        read = read_blt(out.getvalue().encode())
    finally:
        blt_bulk.ARRAYS_FROM = before
    assert isinstance(read.papers, ArrayPapers)
    return read


@pytest.mark.parametrize("rule", RANKED)
@given(election=elections(most_candidates=8))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_lists_and_arrays_come_to_the_same_sheet(rule, election):
    plain = contest(*election)
    seats = 1 if rule == "av" else None

    assert count(in_arrays(plain), rule, seats=seats, lots=LOTS) == count(plain, rule, seats=seats, lots=LOTS)


@pytest.mark.parametrize("rule", RANKED)
def test_more_papers_than_64_bits_can_weigh_are_counted_in_pythons_integers(rule):
    million = 10**12
    plain = contest(3, 1 if rule == "av" else 2, [(7 * million, (0, 1)), (4 * million, (1, 2)), (3 * million, (2, 0))])

    assert count(in_arrays(plain), rule) == count(plain, rule)


@given(election=elections(most_candidates=8))
@settings(max_examples=30, deadline=None)
def test_papers_of_one_value_are_listed_together(election):
    plain = contest(*election)
    for papers in (plain.papers, in_arrays(plain).papers):
        sorter = papers.sorter(len(plain.candidates), unit=100)
        everything = sorter.everything()
        sorter.reduce(everything, surplus=1, total=3)
        assert sorter.by_value(everything) == [(33, everything.papers)]
        assert sorter.worth(everything) == 33 * everything.papers


def test_parts_are_joined_end_to_end():
    first, second = in_arrays(contest(3, 1, [(2, (0, 1)), (1, ())])), in_arrays(contest(3, 1, [(5, (2,))]))

    joined = ArrayPapers.joined([first.papers, second.papers])

    assert sorted(joined) == [(1, ()), (2, (0, 1)), (5, (2,))]
    assert joined.total == 8
    assert count(replace(first, papers=joined), "fptp", options={"max_votes": 1}).valid == 5
