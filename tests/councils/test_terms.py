"""When terms end, in dates one can check against a calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.terms import Place, TermRules, first_terms, months_of, plan_terms, whole_term

JULY_1 = date(2026, 7, 1)
THREE_YEARS = TermRules(months=36, most_months=108, every=12, places=3, rule="bodies.council.terms")
NEW = [Place(1), Place(2), Place(3)]


def ends(planned):
    return [(term.holder, term.number, term.from_on, term.until_on) for term in planned]


def test_a_term_of_three_years_ends_the_day_before_its_third_anniversary():
    end = whole_term(from_on=JULY_1, rules=THREE_YEARS)

    assert end.on == date(2029, 6, 30)
    assert end.explanation.startswith("A term of 3 years: 36 months beginning with Wednesday 1 July 2026")


def test_at_the_first_election_the_first_elected_serve_longest():
    planned = plan_terms(elected=["M-1", "M-2", "M-3"], places=NEW, rules=THREE_YEARS, declared_on=JULY_1, served={})

    assert ends(planned) == [
        ("M-1", 1, JULY_1, date(2029, 6, 30)),
        ("M-2", 2, JULY_1, date(2028, 6, 30)),
        ("M-3", 3, JULY_1, date(2027, 6, 30)),
    ]
    assert planned[2].because.startswith("1 year at the first election, so that seats fall vacant in turn")


@pytest.mark.parametrize(
    ("places", "months", "years"),
    [
        (1, 36, [3]),
        (2, 36, [3, 2]),
        (4, 36, [3, 3, 2, 1]),
        (8, 36, [3, 3, 3, 2, 2, 2, 1, 1]),
        (9, 24, [2, 2, 2, 2, 2, 1, 1, 1, 1]),
    ],
)
def test_groups_are_as_even_as_they_can_be(places, months, years):
    rules = TermRules(months=months, every=12, places=places, rule="bodies.council.terms")

    assert [end.on.year - 2026 for end in first_terms(from_on=JULY_1, rules=rules)] == years


def test_without_staggering_all_serve_a_whole_term():
    rules = TermRules(months=24, places=3, rule="bodies.board.terms")

    planned = plan_terms(elected=["M-1", "M-2"], places=NEW, rules=rules, declared_on=JULY_1, served={})

    assert ends(planned) == [("M-1", 1, JULY_1, date(2028, 6, 30)), ("M-2", 2, JULY_1, date(2028, 6, 30))]


def test_a_seat_without_a_term_is_held_until_something_ends_it():
    rules = TermRules(months=None, rule="bodies.board.seats.chief_executive")

    (planned,) = plan_terms(elected=["M-1"], places=[Place(1)], rules=rules, declared_on=JULY_1, served={})

    assert planned.until_on is None
    assert planned.because.startswith("The constitution sets no term")


def test_a_seat_vacant_early_is_filled_for_the_rest_of_its_term():
    """Place 2 ran until 30 June 2028 and fell vacant; the others go on."""
    places = [
        Place(1, free_from=date(2029, 7, 1)),
        Place(2, free_from=date(2026, 11, 1), rest_until=date(2028, 6, 30)),
        Place(3, free_from=date(2027, 7, 1)),
    ]

    planned = plan_terms(elected=["M-9"], places=places, rules=THREE_YEARS, declared_on=date(2027, 1, 4), served={})

    assert ends(planned) == [("M-9", 2, date(2027, 1, 4), date(2028, 6, 30))]
    assert planned[0].because.startswith("The seat fell vacant early.")


def test_elected_before_the_term_is_over_they_wait_for_the_seat():
    places = [Place(1, free_from=JULY_1)]
    rules = TermRules(months=36, every=12, places=1, rule="bodies.council.terms")

    planned = plan_terms(elected=["M-9"], places=places, rules=rules, declared_on=date(2026, 6, 1), served={})

    assert ends(planned) == [("M-9", 1, JULY_1, date(2029, 6, 30))]


def test_with_a_whole_and_a_rest_to_fill_the_first_elected_gets_the_whole():
    places = [
        Place(1, free_from=date(2026, 5, 1), rest_until=date(2027, 6, 30)),
        Place(2, free_from=JULY_1),
        Place(3, free_from=date(2028, 7, 1)),
    ]

    planned = plan_terms(elected=["M-8", "M-9"], places=places, rules=THREE_YEARS, declared_on=JULY_1, served={})

    assert ends(planned) == [("M-8", 2, JULY_1, date(2029, 6, 30)), ("M-9", 1, JULY_1, date(2027, 6, 30))]


def test_nobody_serves_more_than_the_ceiling():
    """Eight years served of nine leave one."""
    served = (date(2026, 7, 1) - date(2018, 7, 1)).days
    places = [Place(1, free_from=JULY_1)]

    (planned,) = plan_terms(
        elected=["M-1"], places=places, rules=THREE_YEARS, declared_on=JULY_1, served={"M-1": served}
    )

    assert planned.until_on == date(2027, 6, 30)
    assert planned.because.startswith("Nobody may serve more than 9 years in all")


def test_who_has_served_all_of_it_gets_no_term():
    served = (date(2026, 7, 1) - date(2017, 7, 1)).days + 1

    assert (
        plan_terms(
            elected=["M-1"], places=[Place(1, free_from=JULY_1)], rules=THREE_YEARS, declared_on=JULY_1,
            served={"M-1": served},
        )
        == []
    )  # fmt: skip


def test_a_term_in_weeks_is_a_mistake_in_the_constitution():
    with pytest.raises(ValueError, match="10w is not counted"):
        months_of(10, "w")


@given(places=st.integers(1, 12), years=st.integers(1, 5), day=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_first_terms_fall_due_in_turn_and_none_is_longer_than_a_whole_one(places, years, day):
    rules = TermRules(months=12 * years, every=12, places=places, rule="terms")
    found = [end.on for end in first_terms(from_on=day, rules=rules)]

    sizes = [found.count(on) for on in dict.fromkeys(found)]
    assert len(found) == places
    assert found == sorted(found, reverse=True)
    assert found[0] == whole_term(from_on=day, rules=rules).on
    assert max(sizes) - min(sizes) <= 1
