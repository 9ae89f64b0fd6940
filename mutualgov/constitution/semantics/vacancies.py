"""Seats that end with the eligibility they rest on, on the day it ended, and what follows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from mutualgov.core.dates import long_date

from ..document.nouns import How, Seat
from ..rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Lapse:
    """One seat lost.

    on    the day the eligibility ended, whenever that was entered
    rule  path of the rule by which it lapses
    next  ``next_highest``, ``by_election``, ``leave_until_next``, ``appoint``, ``nominate`` or ``co_opt``
    """

    seat: Seat
    on: date
    rule: str
    next: str
    sentence: str


FOLLOWS = {How.ELECTED: "by_election", How.NOMINATED: "nominate", How.CO_OPTED: "co_opt", How.APPOINTED: "appoint"}


def what_follows(seat: Seat) -> str:
    """How a vacancy in a seat is filled: as the seat says, else as seats of its sort are."""
    return seat.vacancy or FOLLOWS.get(seat.how, "appoint")


def lapses(
    book: Rulebook, *, held: Iterable[str], remaining: Collection[str], on: date, events: Collection[str] = ()
) -> tuple[Lapse, ...]:
    """The seats a person loses.

    held       seats in office by ``body.seat``
    remaining  classes and constituencies the person still belongs to
    events     what happened besides, such as ``leaves_employment`` or ``withdrawn_by_nominator``
    on         the day it happened
    """
    found = []
    for path in held:
        seat = book.seats[path]
        place = f"bodies.{seat.body}.seats.{seat.key}"
        named = next((event for event in seat.lapses if event in events), "")
        if named:
            found.append(_lapse(book, seat, on, f"{place}.lapses", named.replace("_", " ")))
        elif _rests_on_membership(book, seat) and not set(seat.eligible_from) & set(remaining):
            who = " or ".join(book.label(key) for key in seat.eligible_from)
            found.append(_lapse(book, seat, on, f"{place}.from", f"no longer one of {who}"))
    return tuple(found)


def _rests_on_membership(book: Rulebook, seat: Seat) -> bool:
    return any(book.root_class(key) for key in seat.eligible_from)


def _lapse(book: Rulebook, seat: Seat, on: date, rule: str, why: str) -> Lapse:
    sentence = f"The seat of {book.label(seat.path)} ended on {long_date(on)}: {why}."
    return Lapse(seat, on, rule, what_follows(seat), sentence)
