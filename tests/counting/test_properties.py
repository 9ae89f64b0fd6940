"""What must hold for any election whatever."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.counting.elections import contest, elections
from voting.counting import RULES, CountResult, SeededLots, contest_from_rankings, count
from voting.counting.values import votes_text

LOTS = SeededLots("weavers-2026")
STV = ["nhs-ft", "ers97", "scottish", "meek-prf", "meek-nz"]
often = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def counted(election, rule, **more) -> CountResult:
    seats = 1 if rule == "av" else None
    return count(contest(*election), rule, seats=seats, lots=LOTS, **more)


def essence(result: CountResult):
    """The sheet by name, without the order of the ballot paper."""
    return (
        {result.names[one] for one in result.elected},
        [
            (
                stage.kind,
                dict(zip(result.names, stage.votes, strict=True)),
                stage.non_transferable,
                {result.names[who.candidate] for who in stage.elected},
                {result.names[one] for one in stage.excluded},
            )
            for stage in result.stages
        ],
        [{result.names[one] for one in level} for level in result.order_of_election],
    )


@pytest.mark.parametrize("rule", RULES)
@given(election=elections())
@often
def test_every_paper_is_accounted_for_at_every_stage(rule, election):
    result = counted(election, rule)
    papers = sum(weight for weight, _ in election[2])

    assert result.valid + result.invalid == papers
    if rule in ("fptp", "approval"):
        return
    for stage in result.stages:
        assert sum(stage.votes) + stage.non_transferable == result.valid * 10**result.places
        assert min(stage.votes) >= 0
        assert stage.non_transferable >= 0


@pytest.mark.parametrize("rule", RULES)
@given(election=elections())
@often
def test_exactly_the_seats_are_filled_and_nobody_twice(rule, election):
    result = counted(election, rule)

    assert len(set(result.elected)) == len(result.elected) == result.seats
    assert sorted(one for level in result.order_of_election for one in level) == sorted(result.elected)
    assert not set(result.elected) & {one for stage in result.stages for one in stage.excluded}


@pytest.mark.parametrize("rule", RULES)
@given(election=elections(), shuffled=st.randoms())
@often
def test_the_order_of_the_ballots_does_not_matter(rule, election, shuffled):
    candidates, seats, papers = election
    other = list(papers)
    shuffled.shuffle(other)

    assert counted((candidates, seats, other), rule) == counted(election, rule)


@pytest.mark.parametrize("rule", RULES)
@given(election=elections())
@often
def test_a_weight_is_so_many_papers_and_nothing_else(rule, election):
    candidates, seats, papers = election
    apart = [(1, ranking) for weight, ranking in papers for _ in range(weight)]

    assert counted((candidates, seats, apart), rule) == counted(election, rule)


@pytest.mark.parametrize("rule", RULES)
@given(election=elections(), data=st.data())
@often
def test_the_order_of_the_names_does_not_matter(rule, election, data):
    candidates, seats, papers = election
    places = data.draw(st.permutations(range(candidates)))
    names = [f"Candidate {number}" for number in range(1, candidates + 1)]
    other = contest_from_rankings(
        candidates=[names[places.index(place)] for place in range(candidates)],
        seats=seats,
        rankings=[(weight, [places[one] for one in ranking]) for weight, ranking in papers],
    )

    moved = count(other, rule, seats=1 if rule == "av" else None, lots=LOTS)

    assert essence(moved) == essence(counted(election, rule))


@pytest.mark.parametrize("rule", STV)
@given(election=elections())
@often
def test_a_majority_that_fills_the_seats_fills_them(rule, election):
    """More than half of all papers for one candidate alone elect that candidate, whatever the rest say."""
    candidates, seats, papers = election
    valid = sum(weight for weight, ranking in papers if ranking)

    result = counted((candidates, seats, [*papers, (valid + 1, (0,))]), rule)

    assert 0 in result.elected


@pytest.mark.parametrize("rule", STV)
@given(election=elections())
@often
def test_the_sheet_adds_up_batch_by_batch(rule, election):
    result = counted(election, rule)

    for stage in result.stages:
        for batch in stage.batches:
            assert batch.papers == sum(batch.to.values()) + batch.unavailable
            assert set(batch.to) <= set(range(len(result.names)))
        assert 0 <= stage.rounding <= stage.non_transferable


@given(votes=st.integers(0, 10**15), places=st.sampled_from([0, 2, 5, 9]))
def test_votes_are_written_with_all_their_places(votes, places):
    text = votes_text(votes, places)

    assert int(text.replace(".", "")) == votes
    assert len(text.partition(".")[2]) == places
