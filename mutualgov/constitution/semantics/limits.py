"""Limits: what must stay true of seats, members, shares and weights, checked as a forecast before the act.

A limit that cannot be measured from what is known, or of which nothing is there to count, holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from mutualgov.core.rulings import Ruling

from ..document.nouns import Body, Breach, Limit, Seat, Voice, Votes, Wanted
from ..document.values import fraction_in_words

if TYPE_CHECKING:
    from ..rulebook import Rulebook

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """Totals at one moment. A sensitive trait is here as a total only, never beside a person.

    seats     holders in office by ``body.seat``
    members   members by class
    shares    units by (share, holder's class or ``org.name``)
    declared  by (``body.seat`` or class, trait): how many say yes of themselves
    sums      named amounts such as ``surplus`` and ``surplus.reserve``
    """

    seats: Mapping[str, int] = field(default_factory=dict)
    members: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[tuple[str, str], int] = field(default_factory=dict)
    declared: Mapping[tuple[str, str], int] = field(default_factory=dict)
    sums: Mapping[str, Number] = field(default_factory=dict)

    @classmethod
    def as_designed(cls, book: "Rulebook") -> "Standing":
        """Every seat filled and nothing else known: what a constitution intends."""
        return cls(seats={path: seat.n for path, seat in book.seats.items()})


@dataclass(frozen=True, slots=True)
class Finding:
    """One limit measured.

    measured  the count, or the count that came nearest to breaking it where several are held to it
    whole     what it is a share of; None when the limit is on the count itself
    """

    limit: Limit
    measured: Number
    whole: Number | None
    holds: bool
    sentence: str

    @property
    def ruling(self) -> Ruling:
        """Whether an act that leads here may go on: only a limit that blocks says no."""
        allowed = self.holds or self.limit.breach is not Breach.BLOCK
        return Ruling(allowed, f"limits.{self.limit.key}", "" if self.holds else self.sentence)


def findings(book: "Rulebook", standing: Standing, *, on: date) -> tuple[Finding, ...]:
    """Every limit in force on a date that can be measured, broken or not."""
    found = (_finding(book, limit, standing) for limit in book.limits.values() if _in_force(limit, on))
    return tuple(finding for finding in found if finding is not None)


def forecast(book: "Rulebook", *, now: Standing, then: Standing, on: date) -> tuple[Finding, ...]:
    """The limits that an act would break: kept now, broken then, or broken now and further from being kept then."""
    before = {finding.limit.key: finding for finding in findings(book, now, on=on)}
    return tuple(
        finding
        for finding in findings(book, then, on=on)
        if not finding.holds and not _was_no_better(before.get(finding.limit.key), finding)
    )


def may_go_on(forecasted: tuple[Finding, ...]) -> Ruling:
    """The first limit that blocks, or leave to go on."""
    blocking = next((finding.ruling for finding in forecasted if not finding.ruling.allowed), None)
    return blocking or Ruling(True, "limits")


def _in_force(limit: Limit, on: date) -> bool:
    return (limit.from_on is None or limit.from_on <= on) and (limit.until_on is None or on <= limit.until_on)


def _was_no_better(before: Finding | None, after: Finding) -> bool:
    return before is not None and not before.holds and _ratio(before) == _ratio(after)


def _ratio(finding: Finding) -> Number:
    return finding.measured if not finding.whole else Fraction(finding.measured) / Fraction(finding.whole)


def _finding(book: "Rulebook", limit: Limit, standing: Standing) -> Finding | None:
    counts = measure(book, limit.count, standing, limit.where.alternatives)
    whole = None
    if limit.of:
        wholes = measure(book, limit.of, standing, ())
        whole = wholes[0] if wholes else None
        if not whole:
            return None
    if not counts:
        return None
    worst = min(counts, key=lambda count: _margin(limit, count, whole))
    holds = _margin(limit, worst, whole) >= 0
    return Finding(limit, worst, whole, holds, _sentence(book, limit, worst, whole))


def _margin(limit: Limit, count: Number, whole: Number | None) -> int:
    """0 when every bound is met, below 0 by the number of bounds broken."""
    value = Fraction(count) if whole is None else Fraction(count) / Fraction(whole)
    broken = (
        limit.at_least is not None and value < limit.at_least,
        limit.more_than is not None and value <= limit.more_than,
        limit.at_most is not None and value > limit.at_most,
        limit.less_than is not None and value >= limit.less_than,
    )
    return -sum(broken)


Alternatives = tuple[Mapping[str, Wanted], ...]


def measure(book: "Rulebook", count: str, standing: Standing, where: Alternatives) -> list[Number]:
    """The numbers a count stands for: one, one for each college, or none when it cannot be known."""
    subject, _, what = count.partition(".")
    bodies = _bodies(book, subject)
    if what in ("seats", "voting_seats") and bodies:
        return _seat_counts(book, bodies, what, standing, where)
    if what == "weights":
        return [Fraction(weight, sum(body.weights.values())) for body in bodies for weight in body.weights.values()]
    if what == "colleges":
        return [len(body.weights) for body in bodies if body.weights]
    if what in ("shares", "voting_shares") or count == "shares":
        return _share_counts(book, subject, what or "shares", standing, where)
    if count == "members" or count in book.classes:
        return _member_counts(book, count, standing, where)
    return [standing.sums[count]] if count in standing.sums else []


def _bodies(book: "Rulebook", subject: str) -> list[Body]:
    """A body by its key; in a law pack, which knows no keys, every body of a kind."""
    if subject in book.bodies:
        return [book.bodies[subject]]
    return [body for body in book.bodies.values() if body.kind.value == subject]


def _seat_counts(
    book: "Rulebook", bodies: list[Body], what: str, standing: Standing, where: Alternatives
) -> list[Number]:
    trait = _trait(where)
    total = 0
    for seat in (seat for body in bodies for seat in body.seats.values()):
        if (what == "voting_seats" and not seat.vote) or not _seat_matches(book, seat, where):
            continue
        if trait and (seat.path, trait) not in standing.declared and standing.seats.get(seat.path):
            return []
        total += standing.declared.get((seat.path, trait), 0) if trait else standing.seats.get(seat.path, 0)
    return [total]


def _seat_matches(book: "Rulebook", seat: Seat, where: Alternatives) -> bool:
    facts = {
        "how": {seat.how.value},
        "by": set(seat.by),
        "class": {book.root_class(key) for key in seat.by},
        "seat": {seat.key},
    }
    return not where or any(
        all(facts.get(name, set()) & _options(wanted) for name, wanted in group.items() if name != "declares")
        for group in where
    )


def _share_counts(book: "Rulebook", subject: str, what: str, standing: Standing, where: Alternatives) -> list[Number]:
    if not standing.shares:
        return []
    holders = {holder for group in where for holder in _options(group.get("holder", ()))}
    total = 0
    for (share, holder), units in standing.shares.items():
        if subject not in (share, "shares") or (holders and holder not in holders):
            continue
        total += units if what == "shares" or _votes(book, share, holder) else 0
    return [total]


def _votes(book: "Rulebook", share: str, holder: str) -> bool:
    cls = book.classes.get(holder)
    return book.shares[share].votes is not Votes.NONE and cls is not None and cls.voice is Voice.VOTING


def _member_counts(book: "Rulebook", count: str, standing: Standing, where: Alternatives) -> list[Number]:
    if not standing.members:
        return []
    wanted = {cls for group in where for cls in _options(group.get("class", ()))} or set(book.classes)
    classes = wanted if count == "members" else {count}
    trait = _trait(where)
    if trait:
        known = [standing.declared[(cls, trait)] for cls in classes if (cls, trait) in standing.declared]
        return [sum(known)] if known else []
    return [sum(standing.members.get(cls, 0) for cls in classes)]


def _trait(where: Alternatives) -> str:
    return next((str(group["declares"]) for group in where if "declares" in group), "")


def _options(wanted: Wanted | tuple[()]) -> set[str]:
    return {str(item) for item in wanted} if isinstance(wanted, tuple) else {str(wanted)}


def _sentence(book: "Rulebook", limit: Limit, count: Number, whole: Number | None) -> str:
    subject = limit_subject(book, limit)
    there = f"{_figure(count)} of {_figure(whole)}" if whole is not None else _figure(count)
    return f"{subject[0].upper()}{subject[1:]}: {there}; there must be {' and '.join(bounds_in_words(limit))}."


def limit_subject(book: "Rulebook", limit: Limit) -> str:
    """What a limit counts, in words: ``voting seats of the council elected by north, south or city``."""
    subject, _, what = limit.count.partition(".")
    if what:
        named = f"{what.replace('_', ' ')} of {book.label(subject)}"
        named = f"each college's share of the votes in {book.label(subject)}" if what == "weights" else named
    else:
        named = f"{book.label(subject)}"
    return named + "".join(f" {words}" for words in _where_in_words(book, limit))


def _where_in_words(book: "Rulebook", limit: Limit) -> Iterator[str]:
    for group in limit.where.alternatives:
        for name, wanted in group.items():
            options = [book.label(str(w)) for w in wanted] if isinstance(wanted, tuple) else [book.label(str(wanted))]
            listed = options[0] if len(options) == 1 else f"{', '.join(options[:-1])} or {options[-1]}"
            opening = {"by": "filled by", "how": "that are", "class": "for", "holder": "held by", "declares": "who are"}
            yield f"{opening.get(name, name.replace('_', ' '))} {listed}"


def bounds_in_words(limit: Limit) -> list[str]:
    """The bounds of a limit: ``more than half``."""
    stated = (
        ("at least", limit.at_least),
        ("more than", limit.more_than),
        ("at most", limit.at_most),
        ("less than", limit.less_than),
    )
    return [
        "all" if bound is not None and isinstance(bound, Fraction) and bound == 1 else f"{words} {_figure(bound)}"
        for words, bound in stated
        if bound is not None
    ]


def _figure(number: Number | None) -> str:
    return fraction_in_words(number) if isinstance(number, Fraction) else f"{number:,}"
