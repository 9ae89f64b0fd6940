"""Motions at the majorities and turnouts the law and the rules of mutuals ask for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.counting.resolutions import (
    SIMPLE,
    SPECIAL,
    College,
    Majority,
    Of,
    Quorum,
    Tally,
    Turnout,
    confirm,
    confirmation_window,
    decide,
    decide_by_colleges,
    together,
)
from voting.counting.values import CountRefused

THREE_QUARTERS_IN_OFFICE = Majority(Fraction(3, 4), of=Of.IN_OFFICE)
TWO_THIRDS = Majority(Fraction(2, 3))


def test_an_empty_chair_counts_against_a_removal_measured_against_all_in_office():
    outcome = decide(Tally(11, 0, present=11, in_office=15), majority=THREE_QUARTERS_IN_OFFICE)

    assert not outcome.carried
    assert (outcome.count, outcome.denominator, outcome.needed) == (11, 15, 12)
    assert outcome.reason == "Lost: 11 of 15 all in office are for; 12 are needed (at least 3/4)."


def test_a_vacant_seat_is_nobody_in_office():
    assert decide(Tally(9, 0, present=9, in_office=12), majority=THREE_QUARTERS_IN_OFFICE).carried


@pytest.mark.parametrize(("voted", "carried"), [(399, False), (400, True)])
def test_a_conversion_needs_half_of_all_eligible_to_vote(voted, carried):
    outcome = decide(
        Tally(voted, 0, eligible=800), majority=SPECIAL, turnout=Turnout(Fraction(1, 2), abstentions=False)
    )

    assert outcome.carried == carried
    assert outcome.tests[0].reason == f"{voted} of 800 eligible voted; 400 must vote (1/2)."


def test_abstainers_do_not_vote_on_the_resolution():
    tally = Tally(300, 50, abstained=60, eligible=800)

    assert not decide(tally, majority=SPECIAL, turnout=Turnout(Fraction(1, 2), abstentions=False)).carried
    assert decide(tally, majority=SPECIAL, turnout=Turnout(Fraction(1, 2))).carried


@pytest.mark.parametrize(
    ("second_on", "carried", "reason"),
    [
        (
            date(2026, 6, 10),
            False,
            "The second meeting on 10 June 2026 is too early: it can confirm from 15 June to 1 July 2026.",
        ),
        (
            date(2026, 6, 15),
            True,
            "Confirmed by the second meeting. Carried: 51 of 100 votes cast are for; 51 are needed (more than 1/2).",
        ),
        (
            date(2026, 7, 1),
            True,
            "Confirmed by the second meeting. Carried: 51 of 100 votes cast are for; 51 are needed (more than 1/2).",
        ),
        (
            date(2026, 7, 2),
            False,
            "The second meeting on 2 July 2026 is too late: it can confirm from 15 June to 1 July 2026.",
        ),
    ],
)
def test_a_merger_is_confirmed_between_fourteen_days_and_a_month_later(second_on, carried, reason):
    first = decide(Tally(70, 30), majority=TWO_THIRDS)
    second = decide(Tally(51, 49))

    confirmation = confirm(first, first_on=date(2026, 6, 1), second=second, second_on=second_on)

    assert (confirmation.carried, confirmation.reason) == (carried, reason)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    window = confirmation_window(date(2026, 1, 31), after_days=14, within_months=1)

    assert (window.first_day, window.last_day) == (date(2026, 2, 14), date(2026, 2, 28))


def test_what_the_first_meeting_lost_no_second_one_can_confirm():
    first = decide(Tally(66, 34), majority=TWO_THIRDS)

    confirmation = confirm(first, first_on=date(2026, 6, 1), second=decide(Tally(9, 1)), second_on=date(2026, 6, 20))

    assert not confirmation.carried
    assert confirmation.reason == (
        "The first meeting did not pass it. Lost: 66 of 100 votes cast are for; 67 are needed (at least 2/3)."
    )


def test_a_special_resolution_counts_proxies_and_leaves_abstentions_out():
    outcome = decide(Tally(15, 5, abstained=3), majority=SPECIAL)

    assert outcome.carried
    assert (outcome.count, outcome.denominator) == (15, 20)


@pytest.mark.parametrize(("votes_for", "carried"), [(76, True), (75, False)])
def test_three_quarters_of_an_odd_number_is_not_rounded_down(votes_for, carried):
    assert decide(Tally(votes_for, 101 - votes_for), majority=SPECIAL).carried == carried


def test_equal_votes_lose_unless_the_chair_has_a_casting_vote():
    assert not decide(Tally(7, 7)).carried
    assert decide(Tally(7, 7), casting_vote=True).carried
    assert not decide(Tally(7, 7), casting_vote=False).carried


def test_a_casting_vote_makes_no_special_majority():
    assert not decide(Tally(7, 7), majority=SPECIAL, casting_vote=True).carried


def test_a_written_resolution_is_measured_against_everyone_eligible():
    written = Majority(Fraction(3, 4), of=Of.ELIGIBLE)

    assert decide(Tally(30, 0, eligible=40), majority=written).carried
    assert not decide(Tally(29, 0, eligible=40), majority=written).carried


def test_without_a_quorum_no_majority_helps():
    outcome = decide(Tally(9, 0, eligible=100), quorum=Quorum(Fraction(1, 10)))

    assert not outcome.carried
    assert [(test.name, test.met) for test in outcome.tests] == [("quorum", False), ("majority", True)]
    assert outcome.reason == "Lost: 9 are present; the quorum is 10."


def test_nobody_voting_carries_nothing():
    assert not decide(Tally(0, 0)).carried
    assert not decide(Tally(0, 0), majority=TWO_THIRDS).carried


def test_more_votes_than_people_are_refused():
    with pytest.raises(CountRefused, match="12 votes were returned, but only 11 are in office"):
        Tally(8, 4, in_office=11)


def test_a_missing_figure_is_asked_for():
    with pytest.raises(CountRefused, match="a share of all eligible, and that number is not given"):
        decide(Tally(8, 4), majority=Majority(Fraction(1, 2), of=Of.ELIGIBLE))


def test_two_bodies_must_each_carry_it():
    board, council = decide(Tally(8, 1)), decide(Tally(10, 11))

    outcome = together([("The board", board), ("The council", council)])

    assert not outcome.carried
    assert outcome.reason == ("Lost: The council: Lost: 10 of 21 votes cast are for; 11 are needed (more than 1/2).")


# --- Colleges -------------------------------------------------------------------------------------------------------


def test_staff_alone_cannot_amend_articles_against_the_council():
    colleges = [College("staff", 51, Tally(200, 0)), College("council", 49, Tally(0, 1))]

    outcome = decide_by_colleges(colleges, majority=SPECIAL)

    assert (outcome.carried, outcome.count) == (False, 51)


def five_colleges(founder: Tally, **block: bool) -> list[College]:
    return [
        College("founder", 50, founder, **block),
        College("employees", 20, Tally(12, 8), **block),
        College("users", 10, Tally(30, 70), **block),
        College("operators", 10, Tally(1, 3), **block),
        College("supporters", 10, Tally(2, 0), **block),
    ]


def test_each_college_splits_its_weight_as_its_votes_fell():
    outcome = decide_by_colleges(five_colleges(Tally(1, 0)), majority=TWO_THIRDS)

    assert (outcome.carried, outcome.count) == (True, Fraction(775, 10))
    assert outcome.reason == (
        "Carried: founder 50 + employees 12 + users 3 + operators 2.5 + supporters 10 = 77.5 of 100 by weight are "
        "for; at least 66.66… is needed (2/3)."
    )


def test_a_college_that_votes_in_a_block_casts_all_or_nothing():
    outcome = decide_by_colleges(five_colleges(Tally(1, 0), block=True), majority=TWO_THIRDS)

    assert outcome.count == 50 + 20 + 10


def test_half_the_weight_is_not_more_than_half():
    unanimous = [College(name, weight, Tally(3, 0)) for name, weight in (("a", 20), ("b", 10), ("c", 10), ("d", 10))]

    outcome = decide_by_colleges([College("founder", 50, Tally(0, 1)), *unanimous])

    assert (outcome.carried, outcome.count, outcome.denominator) == (False, 50, 100)


def test_a_silent_college_leaves_the_reckoning_unless_it_is_of_all():
    voting, silent = College("staff", 60, Tally(10, 0, eligible=10)), College("users", 40, Tally(0, 0, eligible=10))

    assert decide_by_colleges([voting, silent], majority=TWO_THIRDS).denominator == 60
    of_all = Majority(Fraction(2, 3), of=Of.ELIGIBLE)
    assert decide_by_colleges([voting, silent], majority=of_all).denominator == 100


# --- Properties -----------------------------------------------------------------------------------------------------


@given(
    votes_for=st.integers(0, 10_000),
    against=st.integers(0, 10_000),
    fraction=st.fractions(Fraction(1, 100), Fraction(99, 100)),
    strict=st.booleans(),
)
def test_needed_is_the_fewest_votes_that_carry(votes_for, against, fraction, strict):
    majority = Majority(fraction, strict=strict)
    cast = votes_for + against

    outcome = decide(Tally(votes_for, against), majority=majority)

    assert outcome.carried == (cast > 0 and votes_for >= outcome.needed)
    needed = int(outcome.needed)
    if 0 < needed <= cast:
        assert decide(Tally(needed, cast - needed), majority=majority).carried
        assert not decide(Tally(needed - 1, cast - needed + 1), majority=majority).carried


def test_simple_is_more_than_half_and_special_three_quarters():
    assert (str(SIMPLE), str(SPECIAL)) == ("more than 1/2 of votes cast", "at least 3/4 of votes cast")
