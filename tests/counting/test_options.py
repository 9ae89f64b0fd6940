"""Points that rule books leave open, each settled both ways; and the plain methods."""

from __future__ import annotations

import pytest

from tests.counting.stories import ballots
from tests.golden.vectors import elections, sheet
from voting.counting import CountRefused, LotNeeded, ManualLots, count

# --- First past the post and approval -------------------------------------------------------------------------------


def test_a_lot_decides_only_where_one_more_vote_would_decide_a_seat():
    with pytest.raises(LotNeeded) as asked:
        count(ballots("50 A, 40 B, 40 C", seats=2), "fptp")

    assert (asked.value.tie.event, asked.value.tie.keys, asked.value.tie.places) == ("stage-1|seat", ("B", "C"), 1)
    result = count(ballots("50 A, 40 B, 40 C", seats=2), "fptp", lots=ManualLots({"stage-1|seat": ["C"]}))
    assert result.elected_names == ("A", "C")


def test_equals_who_are_both_elected_need_no_lot():
    result = count(ballots("40 A, 40 B, 10 C", seats=2), "fptp")

    assert set(result.elected_names) == {"A", "B"}
    assert result.order_of_election == ((0, 1),)
    assert result.ties == ()


def test_a_paper_with_more_marks_than_votes_is_rejected_whole():
    result = count(ballots("3 A, 2 AB, 1 ABC", seats=2), "fptp")

    assert (result.valid, result.invalid) == (5, 1)
    assert sheet(result)[0]["A"] == "5"


def test_a_limited_vote_allows_fewer_marks_than_seats():
    result = count(ballots("3 A, 2 AB, 4 C", seats=2), "fptp", options={"max_votes": 1})

    assert (result.valid, result.invalid) == (7, 2)
    assert result.options == {"max_votes": 1}
    with pytest.raises(CountRefused, match="max_votes can be 1 to 2, the seats to fill, not 3"):
        count(ballots("3 A, 2 B, 4 C", seats=2), "fptp", options={"max_votes": 3})


def test_every_candidate_approved_has_a_vote():
    result = count(ballots("3 AB, 2 BC, 1 C", seats=1), "approval")

    assert sheet(result)[0] == {"A": "3", "B": "5", "C": "3", "NT": "0"}
    assert result.elected_names == ("B",)


def test_a_limit_on_approvals_is_no_option():
    with pytest.raises(CountRefused, match='approval voting has no option "max_votes"; it has none'):
        count(ballots("3 A, 2 B", seats=1), "approval", options={"max_votes": 1})


# --- The alternative vote -------------------------------------------------------------------------------------------


def test_exactly_half_wins_only_where_the_rules_say_so():
    half = ballots("5 A, 3 B, 2 CB", seats=1)

    assert [stage.kind for stage in count(half, "av").stages] == ["first", "exclusion"]
    assert [stage.kind for stage in count(half, "av", options={"majority": "at_least_all_others"}).stages] == ["first"]


def test_a_majority_of_all_papers_may_take_longer():
    papers = ballots("9 A, 6 B, 2 C, 1 DB", seats=1)

    assert len(count(papers, "av", options={"majority": "over_half_of_valid"}).stages) == 4
    assert len(count(papers, "av").stages) == 3


def test_the_lowest_go_together_if_they_cannot_pass_the_next():
    papers = ballots("9 A, 8 B, 3 CB, 2 DB, 1 E", seats=1)

    together = count(papers, "av", options={"group_exclusion": True})

    assert [stage.excluded for stage in together.stages] == [(), (4, 3, 2)]
    assert together.elected_names == count(papers, "av").elected_names == ("B",)


def test_equals_may_look_back_to_the_first_or_to_the_last_difference():
    """C led D at first, then D led C, then they were equal."""
    papers = ballots("20 A, 19 B, 5 C, 4 D, 2 ED, 1 FC, 2 FA", seats=1)

    ties = {tie: count(papers, "av", options={"tie": tie}).ties[0] for tie in ("earliest", "recent")}

    assert {tie: (found.tied, found.chosen, found.earlier) for tie, found in ties.items()} == {
        "earliest": ((2, 3), (3,), "1"),
        "recent": ((2, 3), (2,), "2"),
    }
    with pytest.raises(LotNeeded):
        count(papers, "av", options={"tie": "lot"})


# --- NHS foundation trusts ------------------------------------------------------------------------------------------


def test_whoever_reaches_the_quota_within_an_exclusion_gets_no_later_batch_unless_the_option_says_so():
    """D's own three papers lift C to the quota of 11; ten more, from A at 0.31, name C next and then nobody."""
    papers = ballots("10 ADC, 6 AB, 7 B, 8 C, 3 DC, 7 E", seats=3)

    by_batch = count(papers, "nhs-ft").stages[2]
    at_end = count(papers, "nhs-ft", options={"elect_at": "stage_end"}).stages[2]

    assert [(batch.value, dict(batch.to)) for batch in by_batch.batches] == [(100, {2: 3}), (31, {})]
    assert (by_batch.votes[2], by_batch.non_transferable) == (1100, 314)
    assert [(batch.value, dict(batch.to)) for batch in at_end.batches] == [(100, {2: 3}), (31, {2: 10})]
    assert (at_end.votes[2], at_end.non_transferable) == (1410, 4)


def test_the_order_of_election_follows_surpluses_not_stages():
    """B and C are both elected at the first stage; C's larger surplus is transferred first."""
    result = count(ballots("12 BD, 15 C, 6 DE, 5 E, 2 F", seats=3), "nhs-ft")

    names = ["".join(result.names[one] for one in level) for level in result.order_of_election]
    assert names[:2] == ["C", "B"]
    assert elections(result)[0] == "CB"


# --- Nobody to elect ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["nhs-ft", "ers97", "scottish", "meek-prf", "meek-nz", "fptp", "approval"])
def test_as_many_candidates_as_seats_are_all_elected(rule):
    result = count(ballots("3 A, 1 B", seats=2), rule)

    assert set(result.elected_names) == {"A", "B"}
    assert result.unfilled == 0


def test_a_rule_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(CountRefused, match='There is no rule "borda"; there are nhs-ft, ers97, scottish'):
        count(ballots("3 A, 1 B", seats=1), "borda")
