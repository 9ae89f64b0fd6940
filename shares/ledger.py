"""Arithmetic of one account: signed movements on dates, summed. Plain values in, plain values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Movement:
    """Shares into (+) or out of (-) an account on an effective date."""

    on: date
    units: int


def holding_on(movements: Iterable[Movement], on: date) -> int:
    """Shares in the account at the end of a day."""
    return sum(movement.units for movement in movements if movement.on <= on)


def balances(movements: Iterable[Movement]) -> list[tuple[date, int]]:
    """The holding at the end of each day on which it moved, oldest first.

    >>> balances([Movement(date(2026, 3, 1), 1), Movement(date(2026, 1, 1), 2)])
    [(datetime.date(2026, 1, 1), 2), (datetime.date(2026, 3, 1), 3)]
    """
    found, running = [], 0
    for on, moved in groupby(sorted(movements, key=lambda m: m.on), key=lambda m: m.on):
        running += sum(movement.units for movement in moved)
        found.append((on, running))
    return found


def lowest_since(movements: Iterable[Movement], since: date) -> int:
    """The lowest holding at the end of a day, on ``since`` or at any later date."""
    return min(_from(movements, since))


def highest_since(movements: Iterable[Movement], since: date) -> int:
    """The highest holding at the end of a day, on ``since`` or at any later date."""
    return max(_from(movements, since))


def first_below_zero(movements: Iterable[Movement]) -> date | None:
    """The first day on which the account would hold less than nothing; None where there is none."""
    return next((on for on, units in balances(movements) if units < 0), None)


def _from(movements: Iterable[Movement], since: date) -> list[int]:
    kept = list(movements)
    return [holding_on(kept, since), *(units for on, units in balances(kept) if on > since)]
