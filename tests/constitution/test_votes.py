"""Votes as the constitutions of the templates count them."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualgov.constitution.document.nouns import Of, Rule
from mutualgov.constitution.document.values import Threshold, parse_threshold
from mutualgov.constitution.semantics.majorities import (
    Course,
    Tally,
    college_outcome,
    confirm_window,
    confirmed,
    course,
    is_quorate,
    may_confirm,
    needed_votes,
    outcome,
    turnout_needed,
)
from mutualgov.core.dates import Nation

from .constitutions import template_book

EW = Nation.ENGLAND_AND_WALES
riverside = template_book("riverside")
lantern = template_book("lantern")
fenland = template_book("fenland")
broads = template_book("broads")
santeval = template_book("santeval")


def rule_of(book, decision, step=0):
    return book.decisions[decision].steps[step].rule


def tally(votes_for, against, abstained=0):
    return Tally(votes_for=votes_for, against=against, abstained=abstained)


def test_removing_the_chair_needs_twelve_of_fifteen_in_office():
    found = outcome(rule_of(riverside, "remove_ned"), tally(11, 0), entitled=15)

    assert (found.carried, found.needed, found.base) == (False, 12, 15)
    assert found.ruling.rule == "rules.remove.pass"
    assert found.ruling.reason == "12 votes for were needed, of all 15 who may vote; there were 11."


def test_empty_seats_are_not_counted():
    found = outcome(rule_of(riverside, "remove_ned"), tally(9, 0), entitled=12)

    assert (found.carried, found.needed) == (True, 9)


def test_converting_into_a_company_fails_on_turnout_although_all_vote_for():
    rule = rule_of(riverside, "convert_to_company")

    found = outcome(rule, tally(399, 0), entitled=800)

    assert turnout_needed(rule, entitled=800) == 400
    assert not found.carried
    assert found.ruling.rule == "rules.conversion.turnout"
    assert found.ruling.reason == "400 of 800 (half) had to vote; 399 did."


def test_one_vote_more_is_turnout_enough():
    assert outcome(rule_of(riverside, "convert_to_company"), tally(400, 0), entitled=800).carried


def test_a_second_meeting_too_early_cannot_confirm():
    rule = rule_of(riverside, "merge")

    assert outcome(rule, tally(70, 30), entitled=800).carried
    assert confirmed(rule, tally(51, 49), entitled=800).carried
    refused = may_confirm(rule, first_on=date(2026, 6, 1), second_on=date(2026, 6, 10), nation=EW)
    assert refused.allowed is False
    assert refused.rule == "rules.merger.confirm.after"
    assert refused.reason == (
        "The second meeting is too early: it may be held from Monday 15 June 2026 to Wednesday 1 July 2026."
    )


@pytest.mark.parametrize(
    ("second_on", "allowed"),
    [
        (date(2026, 6, 14), False),
        (date(2026, 6, 15), True),
        (date(2026, 7, 1), True),
        (date(2026, 7, 2), False),
    ],
)
def test_the_window_of_the_second_meeting(second_on, allowed):
    rule = rule_of(riverside, "merge")

    assert may_confirm(rule, first_on=date(2026, 6, 1), second_on=second_on, nation=EW).allowed is allowed


def test_a_rule_of_one_meeting_has_no_window():
    with pytest.raises(ValueError, match=r"rules\.half takes one meeting"):
        confirm_window(riverside.rules["half"], first_on=date(2026, 6, 1), nation=EW)


def test_abstentions_are_not_cast():
    found = outcome(rule_of(lantern, "amend_articles"), tally(15, 5, abstained=3), entitled=28)

    assert (found.carried, found.base, found.needed) == (True, 20, 15)


def test_abstentions_are_present():
    found = outcome(rule_of(lantern, "manage"), tally(3, 2, abstained=1), entitled=6)

    assert (found.carried, found.base, found.needed) == (False, 6, 4)


def test_an_amendment_takes_effect_and_then_lapses():
    decision = fenland.decisions["amend_constitution"]

    assert course(decision, [True]) == Course("waiting", 1)
    assert course(decision, [True, True]) == Course("in_effect", 2)
    assert outcome(decision.steps[2].rule, tally(40, 41), entitled=5000).carried is False
    assert course(decision, [True, True, False]) == Course("lapsed")
    assert course(decision, [True, False]) == Course("lost")
    assert course(decision, [True, True, None]) == Course("carried")


def test_all_staff_cannot_change_the_articles_without_the_council():
    found = college_outcome(
        rule_of(broads, "amend_articles"),
        broads.bodies["owners"],
        {"staff": tally(300, 0), "authority": tally(0, 1)},
    )

    assert (found.carried, found.weight_for, found.weight_counted) == (False, 51, 100)
    assert found.ruling.reason == "At least three quarters of the weighted votes was needed; 51% were for."


def test_five_colleges_split_their_weights():
    found = college_outcome(
        rule_of(santeval, "amend_statutes"),
        santeval.bodies["assembly"],
        {
            "founder": tally(1, 0),
            "employee": tally(12, 8),
            "user": tally(30, 70),
            "operator": tally(1, 3),
            "supporter": tally(2, 0),
        },
    )

    assert [share.given for share in found.colleges] == [50, 12, 3, Fraction(5, 2), 10]
    assert (found.carried, found.weight_for) == (True, Fraction(155, 2))


def test_a_college_with_half_the_votes_can_stop_a_majority_of_more_than_half():
    others = dict.fromkeys(("employee", "user", "operator", "supporter"), tally(1, 0))

    found = college_outcome(
        rule_of(santeval, "allocate_surplus"), santeval.bodies["assembly"], {"founder": tally(0, 1), **others}
    )

    assert (found.carried, found.weight_for, found.weight_counted) == (False, 50, 100)


def test_a_college_where_nobody_votes_leaves_the_count():
    found = college_outcome(
        rule_of(santeval, "allocate_surplus"),
        santeval.bodies["assembly"],
        {"employee": tally(3, 1), "user": tally(0, 2)},
    )

    assert (found.weight_for, found.weight_counted, found.carried) == (15, 30, False)


def test_quorum_by_class_names_the_class_that_is_short():
    short = is_quorate(
        broads.bodies["owners"],
        present={"staff": 20, "authority": 0},
        entitled={"staff": 200, "authority": 1},
    )

    assert short.allowed is False
    assert short.reason == "1 of authority must be present; 0 are."


def test_a_share_as_quorum_is_rounded_up():
    members = riverside.bodies["members"]

    assert is_quorate(members, present={"staff": 80}, entitled={"staff": 801}).reason == "81 must be present; 80 are."
    assert is_quorate(members, present={"staff": 81}, entitled={"staff": 801}).allowed


def test_an_election_does_not_pass_or_fall():
    with pytest.raises(ValueError, match="chooses by stv"):
        needed_votes(riverside.rules["governors_poll"], cast=10)


#: A slow machine may take its time to think of examples.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
thresholds = st.builds(
    Threshold, st.fractions(min_value=0, max_value=1, max_denominator=60).filter(lambda f: f < 1), strict=st.booleans()
)


@patient
@given(threshold=thresholds, whole=st.integers(1, 100_000))
def test_needed_votes_carry_and_one_fewer_does_not(threshold, whole):
    needed = threshold.needed(whole)

    assert threshold.is_met(part=needed, whole=whole)
    assert needed == 1 or not threshold.is_met(part=needed - 1, whole=whole)


@patient
@given(one=thresholds, other=thresholds, part=st.integers(0, 1000), whole=st.integers(1, 1000))
def test_what_passes_the_stronger_passes_the_weaker(one, other, part, whole):
    if one.is_weaker_than(other) and other.is_met(part=part, whole=whole):
        assert one.is_met(part=part, whole=whole)


@patient
@given(threshold=thresholds)
def test_a_threshold_reads_as_it_prints(threshold):
    assert parse_threshold(str(threshold)) == threshold


@patient
@given(votes_for=st.integers(0, 500), against=st.integers(0, 500))
def test_more_than_half_of_cast_is_more_for_than_against(votes_for, against):
    rule = Rule(key="half", passes=parse_threshold(">1/2"), of=Of.CAST)

    assert outcome(rule, tally(votes_for, against), entitled=2000).carried is (votes_for > against)
