"""When terms end: the constitution's length, staggering and ceiling, over plain values.

Staggering. ``stagger: 1/y`` says that an election is held once a year, so a body with terms of three years has three
groups of seats that fall vacant in turn. At the first election all stand at once: the first elected get the longest
term, and the groups are as even as they can be, the earlier ones larger. After that every term is a whole one; whoever
fills a seat that fell vacant early serves what was left of the term, so that the turns are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mutualgov.core.dates import ComputedDate, long_date, months_beginning_with

DAY = timedelta(days=1)
MONTHS = {"y": 12, "mo": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRules:
    """What the constitution says of a seat's terms, in months.

    months       one term; None where the seat has none
    most_months  all terms together; None where there is no ceiling
    every        months between elections where they are staggered; None where they are not
    places       seats of this name
    rule         the key under which members find it
    """

    months: int | None
    most_months: int | None = None
    every: int | None = None
    places: int = 1
    rule: str

    @property
    def groups(self) -> int:
        """How many elections fall within one term."""
        if self.months is None or self.every is None:
            return 1
        return max(1, -(-self.months // self.every))


@dataclass(frozen=True, slots=True)
class Place:
    """One of the seats of a name.

    free_from   the first day on which nobody holds it; None where it never was held
    rest_until  where its last holder left early: the last day of that term
    """

    number: int
    free_from: date | None = None
    rest_until: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """A term that somebody is to serve, and why it ends when it does. ``until_on`` None: it has no end."""

    number: int
    holder: str
    from_on: date
    until_on: date | None
    because: str


def months_of(amount: int, unit: str) -> int:
    """A length of time in months. Raises ValueError for one that is not counted so."""
    if unit not in MONTHS:
        raise ValueError(f"a term of {amount}{unit} is not counted in months or years")
    return amount * MONTHS[unit]


def whole_term(*, from_on: date, rules: TermRules) -> ComputedDate | None:
    """The last day of a whole term; None where the seat has none."""
    if rules.months is None:
        return None
    counted = months_beginning_with(from_on, rules.months)
    return ComputedDate(counted.on, f"A term of {in_years(rules.months)}: {_lower(counted.explanation)}")


def first_terms(*, from_on: date, rules: TermRules) -> list[ComputedDate | None]:
    """The last day of each place's term at the first election, longest first.

    >>> rules = TermRules(months=36, every=12, places=4, rule="council.terms")
    >>> [ends.on.year for ends in first_terms(from_on=date(2026, 7, 1), rules=rules)]
    [2029, 2029, 2028, 2027]
    """
    if rules.months is None or rules.groups == 1:
        return [whole_term(from_on=from_on, rules=rules)] * rules.places
    even, more = divmod(rules.places, rules.groups)
    found: list[ComputedDate | None] = []
    for group in range(rules.groups):
        months = max(rules.months - group * (rules.every or 0), rules.every or rules.months)
        ends = months_beginning_with(from_on, months)
        why = (
            f"{in_years(months)} at the first election, so that seats fall vacant in turn "
            f"({_times(rules)}); the first elected serve longest. {ends.explanation}"
        )
        found += [ComputedDate(ends.on, why)] * (even + (group < more))
    return found


def plan_terms(
    *,
    elected: Sequence[str],
    places: Sequence[Place],
    rules: TermRules,
    declared_on: date,
    served: Mapping[str, int],
) -> list[PlannedTerm]:
    """Put those elected into places, the first elected into the one that lasts longest.

    elected  references, in the order elected
    places   every place of this name; those whose holder goes on are passed over last
    served   days each has served in this body before; nothing for a newcomer

    Each begins when the result is declared, or when the holder before them goes, if that is later.
    """
    first = rules.every is not None and all(place.free_from is None for place in places)
    firsts = first_terms(from_on=declared_on, rules=rules) if first else []
    free = sorted(places, key=lambda place: (place.free_from or date.min, place.number))[: len(elected)]
    offers = []
    for position, place in enumerate(free):
        from_on = max(declared_on, place.free_from or date.min)
        ends = firsts[position] if first else _ends(place, from_on=from_on, rules=rules)
        offers.append((place, from_on, ends))
    offers.sort(key=lambda offer: (-(offer[2].on if offer[2] else date.max).toordinal(), offer[0].number))
    planned = []
    for holder, (place, from_on, ends) in zip(elected, offers, strict=False):
        ends = within_ceiling(ends, from_on=from_on, rules=rules, served=served.get(holder, 0))
        if ends is not None and ends.on < from_on:
            continue  # nothing is left of the time anyone may serve
        planned.append(
            PlannedTerm(place.number, holder, from_on, ends.on if ends else None, ends.explanation if ends else NO_TERM)
        )
    return planned


NO_TERM = "The constitution sets no term for this seat: it is held until something ends it."


def within_ceiling(ends: ComputedDate | None, *, from_on: date, rules: TermRules, served: int) -> ComputedDate | None:
    """The same end, or the day on which the time anyone may serve in all is used up, whichever is earlier."""
    if rules.most_months is None:
        return ends
    last = months_beginning_with(from_on, rules.most_months).on - served * DAY
    if ends is not None and ends.on <= last:
        return ends
    return ComputedDate(
        last,
        f"Nobody may serve more than {in_years(rules.most_months)} in all, and {served:,} days are served already: "
        f"that leaves until {long_date(last)}.",
    )


def in_years(months: int) -> str:
    """Months as people say them.

    >>> in_years(36), in_years(12), in_years(18)
    ('3 years', '1 year', '18 months')
    """
    if months % 12:
        return f"{months} months"
    return "1 year" if months == 12 else f"{months // 12} years"


def _ends(place: Place, *, from_on: date, rules: TermRules) -> ComputedDate | None:
    if rules.every is not None and place.rest_until is not None and place.rest_until >= from_on:
        return ComputedDate(
            place.rest_until,
            "The seat fell vacant early. Its new holder serves the rest of that term, until "
            f"{long_date(place.rest_until)}, so that seats go on falling vacant in turn.",
        )
    return whole_term(from_on=from_on, rules=rules)


def _times(rules: TermRules) -> str:
    return f"an election every {in_years(rules.every)}" if rules.every and rules.every != 12 else "an election a year"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
