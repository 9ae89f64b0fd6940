"""The constitution's limits on seats, as they stand and as they would if one holder went."""

from dataclasses import dataclass
from datetime import date

from mutualgov.constitution.rulebook import Rulebook
from mutualgov.constitution.semantics.limits import Finding, Standing, findings

from .queries import places_on


@dataclass(frozen=True, slots=True)
class SeatLimit:
    """One limit on a body's seats.

    sentence   the count, what it is counted of, and the bound
    holds      whether it is kept
    at_risk    how it would read if one holder of the seats named went; empty where it would still hold
    """

    key: str
    body_key: str
    sentence: str
    holds: bool
    at_risk: str = ""


def seat_limits(book: Rulebook, *, on: date) -> list[SeatLimit]:
    """Every limit on seats in force on a date, with a forecast of one holder going.

    Holders in office count, not seats: an empty seat is on neither side.
    """
    held = {path: sum(1 for place in places if place.holder) for path, places in places_on(book, on=on).items()}
    return [
        SeatLimit(
            key=finding.limit.key,
            body_key=_body_of(book, finding),
            sentence=finding.sentence,
            holds=finding.holds,
            at_risk=_if_one_goes(book, finding, held, on) if finding.holds else "",
        )
        for finding in findings(book, Standing(seats=held), on=on)
        if finding.limit.count.endswith("seats")
    ]


def _if_one_goes(book: Rulebook, kept: Finding, held: dict[str, int], on: date) -> str:
    for path in (path for path, count in held.items() if count):
        fewer = Standing(seats={**held, path: held[path] - 1})
        for finding in findings(book, fewer, on=on):
            if finding.limit.key == kept.limit.key and not finding.holds:
                return f"If one {book.label(path)} went, this would be broken. {finding.sentence}"
    return ""


def _body_of(book: Rulebook, finding: Finding) -> str:
    """The body a limit counts in; a law pack names a kind of body instead."""
    subject = finding.limit.count.partition(".")[0]
    if subject in book.bodies:
        return subject
    return next((body.key for body in book.bodies.values() if body.kind.value == subject), "")
