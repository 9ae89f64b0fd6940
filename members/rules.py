"""Decisions about membership over plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mutualgov.core.rulings import Ruling

from .register import Entry, Kind, in_force

CA_113 = "CA 2006 s.113"
ONE_AT_A_TIME = "one membership of a class at a time"
FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Period:
    """When a membership runs: ``until_on`` is the first day it no longer does, None where it goes on."""

    reference: str
    from_on: date
    until_on: date | None

    def overlaps(self, other: "Period") -> bool:
        """Whether a day lies in both; a period that ends as it begins has none."""
        ends_on = min(self.until_on or FOREVER, other.until_on or FOREVER)
        return max(self.from_on, other.from_on) < ends_on


def in_words(on: date) -> str:
    """A date as the register writes it: 4 March 2026."""
    return f"{on.day} {on:%B %Y}"


def may_stand(entries: Iterable[Entry]) -> Ruling:
    """Whether entries make a membership that can be read: begun once, ended at most once, nothing outside.

    Source: Companies Act 2006 s.113(2) and (2A), CCBSA 2014 s.30(2): one date of joining, one of ceasing.
    """
    live = in_force(entries)
    if not live:
        return Ruling(True, CA_113)
    begun = [entry for entry in live if entry.kind is Kind.ADMIT]
    ended = [entry for entry in live if entry.kind is Kind.CEASE]
    if len(begun) != 1:
        return Ruling(False, CA_113, "Strike out the entries that followed before striking out the admission itself.")
    if len(ended) > 1:
        return Ruling(False, CA_113, f"This membership already ceases on {in_words(ended[0].effective_on)}.")
    joined_on = begun[0].effective_on
    if live[0].effective_on < joined_on:
        return Ruling(
            False,
            CA_113,
            f"This membership began on {in_words(joined_on)}; nothing can take effect before that day. "
            "If that date is wrong, correct it first.",
        )
    if ended and live[-1].effective_on > ended[0].effective_on:
        return Ruling(
            False,
            CA_113,
            f"This membership ceased on {in_words(ended[0].effective_on)}; nothing can take effect after that day. "
            "If that date is wrong, correct it first.",
        )
    return Ruling(True, CA_113)


def may_run(period: Period, *, beside: Sequence[Period]) -> Ruling:
    """Whether a membership may run beside the others of the same person in the same class."""
    for other in beside:
        if period.overlaps(other):
            until = f"until {in_words(other.until_on)}" if other.until_on else "which goes on"
            return Ruling(
                False,
                ONE_AT_A_TIME,
                f"Already a member of this class from {in_words(other.from_on)} {until} ({other.reference}).",
            )
    return Ruling(True, ONE_AT_A_TIME)


def age_on(born_on: date, on: date) -> int:
    """Whole years of age. Somebody born on 29 February comes of age on 1 March in other years.

    >>> age_on(date(2008, 2, 29), date(2026, 2, 28)), age_on(date(2008, 2, 29), date(2026, 3, 1))
    (17, 18)
    """
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
