"""Who may vote: a ``by`` turned into people, each of them once.

A person who belongs to several classes votes in the one that comes first in the order of precedence, and in that one
only (staff before public). The roll so made is frozen on the record date: the date of notice, unless a rule says else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..document.nouns import BodyKind, Decision, How, Seat, Voice
from ..rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Hat:
    """One membership of one person (or organisation), by reference."""

    person: str
    member_class: str
    constituency: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """One question of who fills a seat: the seat, how many places, and who votes."""

    seat: Seat
    electorate: tuple[str, ...]


Holders = Mapping[str, Iterable[str]]


def first_hats(book: Rulebook, hats: Iterable[Hat]) -> dict[str, Hat]:
    """For each person the membership under which they vote; classes without a vote are left out."""
    order = {key: number for number, key in enumerate(book.precedence())}
    chosen: dict[str, Hat] = {}
    for hat in hats:
        if hat.member_class not in order or book.classes[hat.member_class].voice is not Voice.VOTING:
            continue
        held = chosen.get(hat.person)
        if held is None or order[hat.member_class] < order[held.member_class]:
            chosen[hat.person] = hat
    return chosen


def electors(
    book: Rulebook, electorate: Iterable[str], *, hats: Iterable[Hat] = (), holders: Holders | None = None
) -> tuple[Hat, ...]:
    """Everyone who may vote in an electorate, each once, in order of their reference.

    electorate  classes, constituencies and bodies: a union
    hats        current memberships
    holders     people in office by ``body.seat``; needed for bodies that are not general meetings

    Somebody who votes as the holder of a seat has an empty class.
    """
    wanted = set()
    people: dict[str, Hat] = {}
    for key in electorate:
        body = book.bodies.get(key)
        if body is None:
            wanted.add(key)
        elif body.kind is BodyKind.GENERAL_MEETING:
            wanted.update(body.of)
        else:
            for person in sitting(book, key, holders or {}):
                people[person] = Hat(person, "")
    for person, hat in first_hats(book, hats).items():
        if hat.member_class in wanted or hat.constituency in wanted:
            people.setdefault(person, hat)
    return tuple(people[person] for person in sorted(people))


def sitting(book: Rulebook, body_key: str, holders: Holders) -> tuple[str, ...]:
    """People who hold a voting seat in a body, each once; a committee's are those of the seats it is made of."""
    found: dict[str, None] = {}
    for seat in voting_seats(book, body_key):
        for person in _holders_of(book, seat, holders):
            found.setdefault(person)
    return tuple(found)


def voting_seats(book: Rulebook, body_key: str) -> tuple[Seat, ...]:
    """Seats with a vote in a body, its own and those it is made of."""
    body = book.bodies[body_key]
    seats = [seat for seat in body.seats.values() if seat.vote]
    for key in body.of:
        if key in book.seats:
            seats.append(book.seats[key])
        elif key in book.bodies:
            seats.extend(voting_seats(book, key))
    return tuple(seats)


def _holders_of(book: Rulebook, seat: Seat, holders: Holders) -> tuple[str, ...]:
    if seat.path in holders:
        return tuple(holders[seat.path])
    if seat.how is How.EX_OFFICIO:
        return tuple(
            person for key in seat.by if key in book.seats for person in _holders_of(book, book.seats[key], holders)
        )
    return ()


def polls(book: Rulebook, decision: Decision) -> tuple[Poll, ...]:
    """What a decision ``by: seat`` polls: each elected seat it is on, by that seat's own electors."""
    seats = [seat for target in decision.on for seat in book.seats_named(target)]
    if not any("seat" in step.by for step in decision.steps):
        return ()
    return tuple(Poll(seat, seat.by) for seat in seats if seat.how is How.ELECTED)
