"""A governor leaves: who comes next?"""

from __future__ import annotations

import pytest

from tests.counting.stories import ballots
from voting.counting import CountRefused, count, next_highest, recount

WARD = "12 AB, 11 B, 4 CD, 3 DC, 1 EC"


def names(result, order):
    return ["".join(result.names[one] for one in level) for level in order]


def test_by_most_votes_the_next_highest_have_most_votes_and_equals_stand_together():
    result = count(ballots("9 A, 5 B, 3 C, 3 D, 1 E", seats=1), "fptp")

    assert names(result, next_highest(result)) == ["B", "CD", "E"]


def test_in_a_ranked_count_those_left_standing_come_before_those_excluded():
    result = count(ballots("9 A, 6 B, 5 C, 2 DC, 1 EC", seats=1), "av")

    assert result.elected_names == ("A",)
    assert [stage.excluded for stage in result.stages] == [(), (4,), (3,), (1,)]
    assert names(result, next_highest(result)) == ["C", "B", "D", "E"]


def test_a_recount_passes_over_whoever_left_and_keeps_those_who_sit():
    """A and B were elected; A leaves. A's papers go to B, who sits already; C gains from E."""
    contest = ballots(WARD, seats=2)
    assert count(contest, "nhs-ft").elected_names == ("A", "B")

    again = recount(contest, "nhs-ft", vacating=0, sitting=[1])

    assert "B" in again.result.elected_names
    assert contest.names[again.filled_by] == "C"


def test_a_sitting_member_with_hardly_a_vote_is_not_excluded():
    contest = ballots("10 A, 9 B, 8 C, 1 D", seats=3)

    again = recount(contest, "ers97", vacating=0, sitting=[3, 1])

    assert set(again.result.elected) == {1, 2, 3}
    assert again.filled_by == 2


def test_the_unwilling_are_passed_over():
    contest = ballots(WARD, seats=2)

    again = recount(contest, "scottish", vacating=0, sitting=[1], unwilling=[2])

    assert contest.names[again.filled_by] == "D"


def test_without_a_vacancy_there_is_nothing_to_recount():
    with pytest.raises(CountRefused, match="All 2 seats are taken"):
        recount(ballots(WARD, seats=2), "nhs-ft", vacating=0, sitting=[1, 2])


def test_with_nobody_left_the_seat_stays_empty():
    contest = ballots("5 A, 4 B", seats=2)

    assert recount(contest, "nhs-ft", vacating=0, sitting=[1]).filled_by is None
