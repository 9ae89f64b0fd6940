"""Random elections counted twice: here, and by counters written from the rule books in the plainest way."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.counting import oracles
from tests.counting.elections import contest, elections, single
from voting.counting import LotNeeded, count

thorough = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("rule", ["nhs-ft", "ers97", "scottish"])
@given(election=elections())
@thorough
def test_every_stage_is_as_a_second_counter_has_it(rule, election):
    candidates, seats, papers = election
    assume(any(ranking for _, ranking in papers))
    oracle = getattr(oracles, rule.replace("-", "_"))
    try:
        quota, elected, sheet = oracle(single(papers), candidates, seats)
    except oracles.NeedsLot:
        with pytest.raises(LotNeeded):
            count(contest(*election), rule)
        return

    result = count(contest(*election), rule)

    assert set(result.elected) == elected
    assert result.stages[-1].quota == quota
    assert [list(stage.votes) for stage in result.stages] == sheet


@given(election=elections())
@thorough
def test_meek_is_as_a_counter_that_walks_every_paper_has_it(election):
    candidates, seats, papers = election
    assume(any(ranking for _, ranking in papers))
    try:
        elected, sheet = oracles.meek_prf(single(papers), candidates, seats)
    except oracles.NeedsLot:
        with pytest.raises(LotNeeded):
            count(contest(*election), "meek-prf")
        return

    result = count(contest(*election), "meek-prf")

    assert set(result.elected) == elected
    if sheet:
        assert [list(stage.votes) for stage in result.stages[1:-1]] == sheet[:-1]


@given(election=elections())
@thorough
def test_new_zealand_meek_elects_whom_a_counter_that_walks_every_paper_elects(election):
    candidates, seats, papers = election
    assume(seats > 1 and any(ranking for _, ranking in papers))
    try:
        elected = oracles.meek_nz(single(papers), candidates, seats)
    except oracles.NeedsLot:
        with pytest.raises(LotNeeded):
            count(contest(*election), "meek-nz")
        return

    assert set(count(contest(*election), "meek-nz").elected) == elected


@given(election=elections())
@thorough
def test_the_alternative_vote_elects_whom_a_second_counter_elects(election):
    candidates, _, papers = election
    try:
        winner = oracles.av(single(papers), candidates)
    except oracles.NeedsLot:
        with pytest.raises(LotNeeded):
            count(contest(*election), "av", seats=1)
        return

    assert count(contest(*election), "av", seats=1).elected == (winner,)
