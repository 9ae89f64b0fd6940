"""Who sits, until when, on any date; which seats are vacant; which limits that keeps."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet

from members.models import Membership
from members.queries import members_in, register_entries
from mutualgov.constitution.document import nouns
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook
from voting.lifecycle import Stage
from voting.queries import elections

from . import book as words
from .models import Seat, Term
from .rules import may_be_filled_by_hand
from .terms import Place

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody in a seat. ``until_on`` None: until something ends it. ``term`` None: by virtue of an office."""

    name: str
    member: str
    term: Term | None
    how: str
    from_on: date
    until_on: date | None
    because: str
    state: str = "now"

    @property
    def until_in_words(self) -> str:
        since = f"From {words.date_in_words(self.from_on)}"
        return f"{since} until {words.date_in_words(self.until_on)}" if self.until_on else since


@dataclass(frozen=True, slots=True)
class PlaceOnDay:
    """One seat on a date. ``follows`` names the office that an ex officio seat goes with."""

    seat: Seat
    name: str
    route: str
    how: str
    votes: bool
    holder: Sitting | None
    next: Sitting | None
    follows: str = ""
    eligible: str = ""
    by_hand: bool = False

    @property
    def role(self) -> str:
        return f"Seat {self.seat.number}"

    @property
    def is_vacant(self) -> bool:
        return self.holder is None and not self.follows


@dataclass(frozen=True, slots=True)
class SeatGroup:
    """Seats of one name."""

    path: str
    name: str
    route: str
    votes: bool
    places: tuple[PlaceOnDay, ...]


@dataclass(frozen=True, slots=True)
class BodyOnDay:
    """A body on a date. A committee made of other bodies' seats shows those; they are filled there."""

    key: str
    name: str
    kind: str
    places: tuple[PlaceOnDay, ...]
    quorum: str
    meets: str
    own_seats: bool

    @property
    def groups(self) -> list[SeatGroup]:
        """The seats by name, in the order of the constitution."""
        grouped = groupby(self.places, key=lambda place: (place.seat.path, place.name, place.route, place.votes))
        return [SeatGroup(*shared, tuple(places)) for shared, places in grouped]

    @property
    def total_in_words(self) -> str:
        return "of 1 seat" if len(self.places) == 1 else f"of {len(self.places)} seats"

    @property
    def filled_in_words(self) -> str:
        return f"{self.filled} {self.total_in_words} filled"

    @property
    def filled(self) -> int:
        return sum(1 for place in self.places if place.holder)

    @property
    def vacant(self) -> int:
        return sum(1 for place in self.places if place.is_vacant)

    @property
    def voting(self) -> int:
        return sum(1 for place in self.places if place.votes and place.holder)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Seats of one name that nobody holds or that fall vacant soon; an election is under way for ``polled`` of them."""

    body_key: str
    seat_key: str
    name: str
    body_name: str
    how: str
    route: str
    vacant: tuple[Seat, ...]
    ending: tuple[tuple[Seat, date], ...]
    polled: int = 0

    @property
    def path(self) -> str:
        return f"{self.body_key}.{self.seat_key}"

    @property
    def count(self) -> int:
        return len(self.vacant) + len(self.ending)

    @property
    def to_call(self) -> int:
        """How many an election is still to be called for."""
        return max(0, self.count - self.polled)


def who_sits(*, on: date) -> list[BodyOnDay]:
    """Every body with seats, as the constitution of a date has it, with who sat then and until when."""
    book = rulebook_in_force(on=on)
    places = places_on(book, on=on)
    found = []
    for body in book.bodies.values():
        own = [place for key in body.seats for place in places.get(f"{body.key}.{key}", ())]
        others = [place for path in _parts_of(book, body) for place in places.get(path, ())]
        if not own and not others:
            continue
        shown = (*own, *others)
        in_office = sum(1 for place in shown if place.votes and place.holder)
        found.append(
            BodyOnDay(
                key=body.key,
                name=words.capital(book.label(body.key)),
                kind=body.kind.value.replace("_", " "),
                places=shown,
                quorum=words.quorum_in_words(book, body, in_office=in_office),
                meets=words.meets_in_words(body),
                own_seats=bool(own),
            )
        )
    return found


def places_on(book: Rulebook, *, on: date) -> dict[str, list[PlaceOnDay]]:
    """Every seat on a date by ``body.seat``, in order of number."""
    names = {line.reference: line.name for line in register_entries(on=on, former=True)}
    found: dict[str, list[PlaceOnDay]] = defaultdict(list)
    for seat in seats_on(on):
        rules = book.seats.get(seat.path)
        if rules is None:
            continue  # an older constitution's seat, kept for its history
        sitting = [_sitting(term, names) for term in seat.terms.all()]
        found[seat.path].append(
            PlaceOnDay(
                seat=seat,
                name=words.seat_name(book, rules),
                route=words.route_in_words(book, rules),
                how=rules.how.value,
                votes=rules.vote,
                holder=next((one for one in sitting if one.term and one.term.runs_on(on)), None),
                next=next((one for one in sitting if one.from_on > on and one.term and _is_served(one.term)), None),
                eligible=words.eligible_in_words(book, rules),
                by_hand=may_be_filled_by_hand(rules, name="", by="").allowed,
            )
        )
    return {path: _following_offices(book, path, places, found) for path, places in found.items()}


def _following_offices(
    book: Rulebook, path: str, places: list[PlaceOnDay], every: dict[str, list[PlaceOnDay]]
) -> list[PlaceOnDay]:
    """Ex officio seats with whoever holds the office; others as they are."""
    rules = book.seats[path]
    offices = [place for key in rules.by for place in every.get(key, ())]
    if rules.how is not nouns.How.EX_OFFICIO or not offices:
        return places
    follows = words.by_in_words(book, rules)
    return [
        PlaceOnDay(
            seat=place.seat,
            name=place.name,
            route=place.route,
            how=place.how,
            votes=place.votes,
            holder=_by_office(office.holder, follows),
            next=_by_office(office.next, follows),
            follows=follows,
        )
        for place, office in zip(places, offices, strict=False)
    ]


def _by_office(sitting: Sitting | None, office: str) -> Sitting | None:
    if sitting is None:
        return None
    return Sitting(
        sitting.name, sitting.member, None, "ex officio", sitting.from_on, sitting.until_on, f"Sits here as {office}."
    )


def _sitting(term: Term, names: dict[str, str]) -> Sitting:
    member = term.membership.reference if term.membership else ""
    last = term.over_on - timedelta(days=1) if term.over_on else None
    name = names.get(member, member) if member else term.holder_name
    return Sitting(name, member, term, term.get_how_display(), term.from_on, last, term.ended_because or term.because)


def _is_served(term: Term) -> bool:
    return term.ended_on is None or term.ended_on > term.from_on


def _parts_of(book: Rulebook, body: nouns.Body) -> list[str]:
    """Seats in other bodies that a committee is made of."""
    found: list[str] = []
    for key in body.of:
        if key in book.seats:
            found.append(key)
        elif key in book.bodies:
            found += [seat.path for seat in book.bodies[key].seats.values()]
    return found


def seats_on(on: date) -> "QuerySet[Seat]":
    """Seats that the constitution has on a date, each with its terms at hand, oldest first."""
    terms = Term.objects.select_related("membership").order_by("from_on", "id")
    return (
        Seat.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), opened_on__lte=on)
        .order_by("body_key", "seat_key", "number")
        .prefetch_related(Prefetch("terms", queryset=terms))
    )


def seat(*, body_key: str, seat_key: str, number: int) -> Seat:
    """One seat. Raises Seat.DoesNotExist."""
    return Seat.objects.get(body_key=body_key, seat_key=seat_key, number=number)


def place_on_day(of: Seat, *, on: date) -> PlaceOnDay | None:
    """One seat on a date; None where the constitution then has no such seat."""
    places = places_on(rulebook_in_force(on=on), on=on).get(of.path, [])
    return next((place for place in places if place.seat.pk == of.pk), None)


def current_term(of: Seat, *, on: date) -> Term | None:
    """The term under which a seat is held on a date."""
    return next((term for term in of.terms.all() if term.runs_on(on)), None)


def seat_history(of: Seat, *, on: date) -> list[Sitting]:
    """Everyone who has sat or is to sit in a seat, oldest first, with today's names; ``state`` is that of a date."""
    terms = list(of.terms.select_related("membership", "membership__person").order_by("from_on", "id"))
    names = {t.membership.reference: t.membership.person.name for t in terms if t.membership}
    return [replace(_sitting(term, names), state=_state(term, on)) for term in terms]


def _state(term: Term, on: date) -> str:
    return "now" if term.runs_on(on) else "next" if term.from_on > on else "done"


def vacancies(*, on: date, within: timedelta = SOON) -> list[Vacancy]:
    """Seats that nobody holds on a date or that fall vacant soon after with nobody to follow, by name of seat.

    Seats that go with an office are not here: the office is.
    """
    book, polled = rulebook_in_force(on=on), seats_polled()
    found = []
    for path, places in places_on(book, on=on).items():
        vacant = tuple(place.seat for place in places if place.is_vacant and place.next is None)
        ending = tuple(
            (place.seat, place.holder.until_on)
            for place in places
            if place.holder
            and place.holder.term
            and place.next is None
            and place.holder.until_on is not None
            and place.holder.until_on <= on + within
        )
        if vacant or ending:
            rules = book.seats[path]
            found.append(
                Vacancy(
                    rules.body, rules.key, places[0].name, book.label(rules.body), rules.how.value, places[0].route,
                    vacant, ending, polled.get(path, 0),
                )
            )  # fmt: skip
    return found


def seats_polled() -> dict[str, int]:
    """Seats by ``body.seat`` for which an election is under way."""
    found: dict[str, int] = defaultdict(int)
    for election in elections().exclude(stage__in=[Stage.DECLARED.value, Stage.ABANDONED.value]):
        found[f"{election.body_key}.{election.seat_key}"] += election.seats
    return found


def places_to_fill(*, body_key: str, seat_key: str, on: date) -> tuple[list[Place], dict[int, Seat]]:
    """Places of one name as ``terms.plan_terms`` takes them, and their seats by number; open-ended holders left out."""
    places, seats = [], {}
    for one in seats_on(on).filter(body_key=body_key, seat_key=seat_key):
        place = place_of(one)
        if place is not None:
            places.append(place)
            seats[one.number] = one
    return places, seats


def place_of(seat: Seat) -> Place | None:
    """When a seat is next free, by the terms entered; None where its holder's term has no end."""
    served = [term for term in seat.terms.order_by("from_on", "id") if _is_served(term)]
    if not served:
        return Place(seat.number)
    last = served[-1]
    if last.over_on is None:
        return None
    return Place(seat.number, last.over_on, last.until_on if last.ended_on is not None else None)


def days_served(*, persons: Collection[int], body_key: str, on: date) -> dict[int, int]:
    """Days each person has served in a body, or is to serve in a term that runs on a date."""
    found: dict[int, int] = defaultdict(int)
    terms = Term.objects.filter(membership__person__in=persons, seat__body_key=body_key, from_on__lte=on)
    for term in terms.select_related("membership"):
        found[term.membership.person_id] += ((term.over_on or on) - term.from_on).days
    return dict(found)


def running_terms_of(membership: Membership, *, after: date) -> list[Term]:
    """Terms a membership holds on a date or is to hold later."""
    terms = Term.objects.filter(membership=membership).select_related("seat")
    return [term for term in terms if term.over_on is None or term.over_on > max(after, term.from_on)]


def electorates_of(person_reference: str, *, on: date) -> set[str]:
    """Classes and constituencies a person belongs to on a date."""
    found: set[str] = set()
    for line in register_entries(on=on):
        if line.person == person_reference:
            found |= {line.class_key, line.constituency_key} - {""}
    return found


def is_eligible(membership: Membership, *, keys: Iterable[str], on: date) -> bool:
    """Whether the register has a member in one of some classes or constituencies on a date."""
    return any(line.person == membership.person.reference for line in members_in(by=list(keys), on=on))
