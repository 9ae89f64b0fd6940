"""The arithmetic of one account."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shares.ledger import Movement, balances, first_below_zero, highest_since, holding_on, lowest_since

START = date(2026, 1, 1)
days = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
movements = st.lists(st.builds(Movement, on=days, units=st.integers(-3, 3).filter(bool)), max_size=12)


def test_what_moves_on_one_day_counts_together():
    account = [Movement(date(2026, 5, 9), -1), Movement(date(2026, 5, 1), 1), Movement(date(2026, 5, 9), 1)]

    assert balances(account) == [(date(2026, 5, 1), 1), (date(2026, 5, 9), 1)]
    assert first_below_zero(account) is None


def test_an_empty_account_holds_nothing():
    assert (lowest_since([], START), highest_since([], START), first_below_zero([])) == (0, 0, None)


@given(account=movements, since=days)
def test_lowest_and_highest_are_those_of_every_day_from_then_on(account, since):
    held = [holding_on(account, since + timedelta(days=n)) for n in range(90)]

    assert lowest_since(account, since) == min(held)
    assert highest_since(account, since) == max(held)


@given(account=movements)
def test_a_holding_below_zero_is_found_on_its_first_day(account):
    every_day = [START + timedelta(days=n) for n in range(45)]
    below = [on for on in every_day if holding_on(account, on) < 0]

    assert first_below_zero(account) == (below[0] if below else None)


@given(account=movements, extra=st.builds(Movement, on=days, units=st.integers(1, 3)))
def test_a_movement_and_its_reversal_leave_no_trace_on_any_day(account, extra):
    undone = [*account, extra, Movement(extra.on, -extra.units)]

    for n in range(45):
        assert holding_on(undone, START + timedelta(days=n)) == holding_on(account, START + timedelta(days=n))
