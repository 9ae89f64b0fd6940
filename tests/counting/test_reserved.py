"""Places kept for groups of candidates."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.counting.elections import contest, elections
from tests.counting.stories import ballots
from tests.golden.vectors import elections as elected_by_stage
from tests.golden.vectors import sheet
from voting.counting import CountRefused, ManualLots, Reserved, SeededLots, count
from voting.counting.reserved import Guard

FIVE = "10 A, 5 BC, 4 BD, 4 CD, 3 DC"
STAFF = Reserved("staff", frozenset({2, 3}), at_least=1)


def test_a_candidate_with_the_quota_is_excluded_if_the_place_is_reserved():
    result = count(ballots(FIVE, seats=2), "nhs-ft", reserved=[STAFF])

    assert result.quota == 900
    assert sheet(result) == [
        {"A": "10.00", "B": "9.00", "C": "4.00", "D": "3.00", "NT": "0.00"},
        {"A": "10.00", "B": "0.00", "C": "9.00", "D": "7.00", "NT": "0.00"},
    ]
    assert elected_by_stage(result) == ["A", "C"]
    assert result.options["reserved"] == [{"name": "staff", "members": ["C", "D"], "at_least": 1, "at_most": None}]


def test_unreserved_the_same_papers_elect_the_first_two():
    assert count(ballots(FIVE, seats=2), "nhs-ft").elected_names == ("A", "B")


def test_a_limit_dooms_as_a_reservation_does():
    others = Reserved("public", frozenset({0, 1}), at_most=1)

    assert set(count(ballots(FIVE, seats=2), "nhs-ft", reserved=[others]).elected_names) == {"A", "C"}


def test_a_reservation_falls_to_the_number_who_stand_and_the_result_says_so():
    result = count(ballots(FIVE, seats=3), "nhs-ft", reserved=[Reserved("staff", frozenset({3}), at_least=2)])

    assert "D" in result.elected_names
    assert result.warnings == ("2 places are reserved for staff, but only 1 stand, so 1 are kept.",)


def test_reservations_nobody_can_keep_are_refused():
    impossible = [
        Reserved("staff", frozenset({0, 1, 2}), at_least=2),
        Reserved("all", frozenset({0, 1, 2, 3}), at_most=1),
    ]

    with pytest.raises(CountRefused, match="No 2 of those standing keep all the reservations: staff, all"):
        count(ballots(FIVE, seats=2), "nhs-ft", reserved=impossible)


def test_rules_without_guards_say_so():
    with pytest.raises(CountRefused, match="Places can be reserved under nhs-ft, ers97 and scottish"):
        count(ballots(FIVE, seats=2), "meek-prf", reserved=[STAFF])


def test_equals_of_whom_only_one_may_be_elected_need_a_lot():
    tied = ballots("9 A, 9 B, 2 C", seats=2)
    one_of_two = [Reserved("public", frozenset({0, 1}), at_most=1)]

    result = count(tied, "nhs-ft", reserved=one_of_two, lots=ManualLots({"stage-1|seat": ["B"]}))

    assert result.elected_names == ("B", "C")


@pytest.mark.parametrize("rule", ["nhs-ft", "ers97", "scottish"])
@given(election=elections(), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whoever_is_elected_the_reservations_are_kept(rule, election, data):
    candidates, seats, _ = election
    groups = st.frozensets(st.integers(0, candidates - 1), min_size=1)
    first, second = data.draw(groups), data.draw(groups)
    at_least = data.draw(st.integers(0, min(len(first), seats)))
    at_most = data.draw(st.integers(0, seats))
    reserved = [Reserved("first", first, at_least=at_least), Reserved("second", second, at_most=at_most)]
    possible = [
        set(chosen)
        for chosen in combinations(range(candidates), seats)
        if len(first & set(chosen)) >= at_least and len(second & set(chosen)) <= at_most
    ]
    if not possible:
        with pytest.raises(CountRefused):
            count(contest(*election), rule, reserved=reserved)
        return

    result = count(contest(*election), rule, reserved=reserved, lots=SeededLots("weavers"))

    assert set(result.elected) in possible


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_doomed_is_in_no_completion_and_guarded_in_all(data):
    candidates = data.draw(st.integers(2, 6))
    seats = data.draw(st.integers(1, candidates))
    group = data.draw(st.frozensets(st.integers(0, candidates - 1)))
    reserved = Reserved("group", group, at_least=data.draw(st.integers(0, min(seats, len(group)))))
    order = data.draw(st.permutations(range(candidates)))
    elected = list(order[: data.draw(st.integers(0, seats))])
    continuing = [one for one in order if one not in elected]
    try:
        guard = Guard([reserved], seats=seats, standing=range(candidates))
    except CountRefused:
        return

    doomed, guarded = guard.verdict(elected, continuing)

    completions = [
        set(chosen)
        for chosen in combinations(continuing, seats - len(elected))
        if len(group & {*elected, *chosen}) >= reserved.at_least
    ]
    if completions:
        assert doomed == set(continuing) - set().union(*completions)
        assert guarded == set(continuing) & set.intersection(*completions)
