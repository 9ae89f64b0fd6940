"""Everything that can be done to seats and terms."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from members.models import Membership
from members.queries import names_of
from mutualgov.audit.actions import Fact, record, record_many
from mutualgov.constitution.document import nouns
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook
from mutualgov.constitution.semantics.vacancies import lapses
from mutualgov.core.rulings import Refusal, Ruling

from . import book as words
from . import queries, rules
from .models import How, Seat, Term
from .terms import PlannedTerm, plan_terms

BY_HAND = {
    nouns.How.ELECTED: How.NEXT_HIGHEST,
    nouns.How.APPOINTED: How.APPOINTED,
    nouns.How.NOMINATED: How.NOMINATED,
    nouns.How.CO_OPTED: How.CO_OPTED,
}


#: The chain holds no names: who is not a member has no reference either.
OUTSIDER = "somebody who is not a member"


class SeatRefused(Refusal):
    """The seat cannot be filled so."""


class TermRefused(Refusal):
    """The term cannot be ended so."""


@transaction.atomic
def sync_seats(*, on: date, by: Any, at: datetime) -> list[Seat]:
    """Make the seats what the constitution in force on a date says they are; done again it changes nothing.

    New places are opened. Places that the constitution no longer has are closed once nobody holds them: a holder
    serves their term out. Nothing is deleted. Returns the seats that were opened or closed.
    """
    book = rulebook_in_force(on=on)
    kept: dict[str, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.select_for_update().prefetch_related("terms").order_by("number"):
        kept[seat.path].append(seat)
    facts: list[Fact] = []
    for path in [*book.seats, *(path for path in kept if path not in book.seats)]:
        wanted = book.seats[path].n if path in book.seats else 0
        facts += _sync_path(path, kept.get(path, []), wanted=wanted, on=on)
    record_many(facts, by=by, at=at)
    return [fact.subject for fact in facts if isinstance(fact.subject, Seat)]


def _sync_path(path: str, seats: Sequence[Seat], *, wanted: int, on: date) -> list[Fact]:
    body_key, _, seat_key = path.partition(".")
    is_open = [seat for seat in seats if seat.closed_on is None or seat.closed_on > on]
    held = [seat for seat in is_open if any(term.over_on is None or term.over_on > on for term in seat.terms.all())]
    facts = []
    for seat in sorted(is_open, key=lambda seat: (seat not in held, seat.number))[wanted:]:
        if seat not in held:
            seat.closed_on = max(on, seat.opened_on)
            seat.save(update_fields=("closed_on",))
            facts.append(Fact("councils.seat_closed", seat, f"bodies.{body_key}.seats", {"on": on.isoformat()}))
    shut = [seat for seat in seats if seat not in is_open]
    for _ in range(wanted - len(is_open)):
        if shut:
            seat = shut.pop(0)
            seat.closed_on = None
            seat.save(update_fields=("closed_on",))
        else:
            number = 1 + max((seat.number for seat in seats), default=0)
            seat = Seat.objects.create(body_key=body_key, seat_key=seat_key, number=number, opened_on=on)
            seats = [*seats, seat]
        facts.append(Fact("councils.seat_opened", seat, f"bodies.{body_key}.seats", {"on": on.isoformat()}))
    return facts


@transaction.atomic
def seat_elected(
    *, body_key: str, seat_key: str, elected: Sequence[str], declared_on: date, source: str, by: Any, at: datetime
) -> list[Term]:
    """Give those elected their seats, with terms as the constitution counts them.

    elected  references of memberships, in the order elected
    source   the election's reference

    Somebody who has left by the day their term would begin, who has served all that anyone may, or for whom no place
    is left, gets no seat; that is recorded, and the seat shows as vacant.
    """
    sync_seats(on=declared_on, by=by, at=at)
    book = rulebook_in_force(on=declared_on)
    members = {m.reference: m for m in Membership.objects.filter(reference__in=elected).select_related("person")}
    asked = book.seats.get(f"{body_key}.{seat_key}")
    made = []
    for seat, plan in _plan_elected(asked, elected=elected, members=members, declared_on=declared_on) if asked else ():
        member = members[plan.holder]
        if member.ceased_on is None or member.ceased_on > plan.from_on:
            made.append(
                _fill(seat, plan, membership=member, how=How.ELECTED, source=source, book=book,
                      rule=f"bodies.{body_key}.seats.{seat_key}.term", by=by, at=at)
            )  # fmt: skip
        if member.ceased_on is not None:
            lapse_terms(membership=member, on=member.ceased_on, by=by, at=at)
    seated = {term.membership.reference for term in made if term.membership}
    without = [Fact("councils.elected_without_seat", members[reference], f"bodies.{body_key}",
                    {"membership": reference, "source": source})
               for reference in elected if reference in members and reference not in seated]  # fmt: skip
    record_many(without, by=by, at=at)
    return made


def _plan_elected(
    asked: nouns.Seat, *, elected: Sequence[str], members: Mapping[str, Membership], declared_on: date
) -> list[tuple[Seat, PlannedTerm]]:
    """Which seat each of those elected takes, and for how long; nobody who is not on the register."""
    served = queries.days_served(
        persons=[member.person_id for member in members.values()], body_key=asked.body, on=declared_on
    )
    places, seats = queries.places_to_fill(body_key=asked.body, seat_key=asked.key, on=declared_on)
    planned = plan_terms(
        elected=[reference for reference in elected if reference in members],
        places=places,
        rules=words.term_rules(asked),
        declared_on=declared_on,
        served={reference: served.get(member.person_id, 0) for reference, member in members.items()},
    )
    return [(seats[plan.number], plan) for plan in planned]


@transaction.atomic
def fill_seat(
    *,
    seat: Seat,
    from_on: date,
    source: str,
    by: Any,
    at: datetime,
    membership: Membership | None = None,
    holder_name: str = "",
) -> Term:
    """Enter who takes a seat that is appointed, nominated or co-opted, or who is next in an election's count.

    membership, holder_name  a member, or the name of somebody who is none
    source                   the evidence: a minute, or the outside nominator's notice, on receipt of which it is filled

    Raises SeatRefused.
    """
    book = rulebook_in_force(on=from_on)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    asked = _seat_rules(book, seat, on=from_on)
    _insist(SeatRefused, rules.may_be_filled_by_hand(
        asked, name=book.label(asked.path), by=words.by_in_words(book, asked)))  # fmt: skip
    if not source.strip():
        raise SeatRefused(f"Say what this rests on: {rules.EVIDENCE[asked.how]}.", rule=rules.seat_rule(asked, "how"))
    if (membership is None) == (not holder_name.strip()):
        raise SeatRefused("Choose a member, or write the name of somebody who is none; not both.", rule="councils")
    _insist(SeatRefused, _may_take(book, asked, membership=membership, on=from_on))
    holder = membership.reference if membership else holder_name.strip()
    plan = _plan_one(seat, asked, holder=holder, membership=membership, from_on=from_on)
    return _fill(
        seat, plan, membership=membership, how=BY_HAND[asked.how], source=source.strip(), book=book,
        rule=rules.seat_rule(asked, "how"), by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def end_term(
    *, term: Term, ended_on: date, reason: str, by: Any, at: datetime, fact: str = "councils.term_ended", rule: str = ""
) -> Term:
    """End a term before it runs out.

    ended_on  the first day the holder no longer sits

    Raises TermRefused where the term is over by then, or would have been ended before it began.
    """
    term = Term.objects.select_for_update().select_related("seat").get(pk=term.pk)
    if ended_on < term.from_on:
        raise TermRefused(
            f"The term begins on {words.date_in_words(term.from_on)}; it cannot end before that.", rule="councils"
        )
    if term.over_on is not None and ended_on >= term.over_on:
        raise TermRefused(f"The term is over from {words.date_in_words(term.over_on)} already.", rule="councils")
    if not reason.strip():
        raise TermRefused("Say why the term ends.", rule="councils")
    term.ended_on, term.ended_because = ended_on, reason.strip()[:200]
    term.save(update_fields=("ended_on", "ended_because"))
    record(
        fact,
        term.seat,
        by=by,
        at=at,
        rule=rule,
        ended_on=ended_on.isoformat(),
        membership=term.membership.reference if term.membership else "",
        holder=term.membership.reference if term.membership else OUTSIDER,
    )
    return term


@transaction.atomic
def lapse_terms(*, membership: Membership, on: date, by: Any, at: datetime) -> list[Term]:
    """End the terms that rested on what a member no longer is, on the day it ended, whenever that was entered.

    on  the first day the member no longer belonged where they did
    """
    book = rulebook_in_force(on=on)
    held = [term for term in queries.running_terms_of(membership, after=on) if term.seat.path in book.seats]
    remaining = queries.electorates_of(membership.person.reference, on=on)
    lost = {
        lapse.seat.path: lapse
        for lapse in lapses(book, held={term.seat.path for term in held}, remaining=remaining, on=on)
    }
    return [
        end_term(
            term=term,
            ended_on=max(on, term.from_on),
            reason=lost[term.seat.path].sentence,
            by=by,
            at=at,
            fact="councils.seat_lapsed",
            rule=lost[term.seat.path].rule,
        )
        for term in held
        if term.seat.path in lost
    ]


def _fill(
    seat: Seat,
    plan: PlannedTerm,
    *,
    membership: Membership | None,
    how: How,
    source: str,
    book: Rulebook,
    rule: str,
    by: Any,
    at: datetime,
) -> Term:
    term = Term.objects.create(
        seat=seat,
        membership=membership,
        holder_name="" if membership else plan.holder,
        how=how,
        from_on=plan.from_on,
        until_on=plan.until_on,
        because=plan.because,
        source=source,
        recorded_at=at,
        constitution=book.version,
    )
    record(
        "councils.seat_filled",
        seat,
        by=by,
        at=at,
        rule=rule,
        membership=membership.reference if membership else "",
        holder=membership.reference if membership else OUTSIDER,
        how=how.value,
        from_on=plan.from_on.isoformat(),
        until_on=plan.until_on.isoformat() if plan.until_on else None,
        source=source,
    )
    return term


def _seat_rules(book: Rulebook, seat: Seat, *, on: date) -> nouns.Seat:
    if seat.path not in book.seats or (seat.closed_on is not None and seat.closed_on <= on):
        raise SeatRefused(
            f"The constitution in force on {words.date_in_words(on)} has no seat {seat.reference}.", rule="bodies"
        )
    return book.seats[seat.path]


def _may_take(book: Rulebook, seat: nouns.Seat, *, membership: Membership | None, on: date) -> Ruling:
    keys = [key for key in seat.eligible_from if book.root_class(key)]
    return rules.may_take(
        seat,
        name=names_of([membership.reference])[membership.reference] if membership else "",
        is_member=membership is not None,
        eligible=membership is not None and queries.is_eligible(membership, keys=keys, on=on),
        eligible_from=words.eligible_in_words(book, seat),
    )


def _plan_one(
    seat: Seat, asked: nouns.Seat, *, holder: str, membership: Membership | None, from_on: date
) -> PlannedTerm:
    """One term from a date; refused where the seat is held then or the holder has served all that anyone may."""
    place = queries.place_of(seat)
    if place is None:
        raise SeatRefused("The seat is held until something ends it. End that term first.", rule="councils")
    if place.free_from is not None and place.free_from > from_on:
        raise SeatRefused(
            f"The seat is held until {words.day_before(place.free_from)}. End that term first.", rule="councils"
        )
    served = (
        queries.days_served(persons=[membership.person_id], body_key=seat.body_key, on=from_on).get(
            membership.person_id, 0
        )
        if membership
        else 0
    )
    term_rules = words.term_rules(asked)
    planned = plan_terms(
        elected=[holder], places=[place], rules=term_rules, declared_on=from_on, served={holder: served}
    )
    if not planned:
        raise SeatRefused("This person has served as long as anyone may in this body.", rule=term_rules.rule)
    return planned[0]


def _insist(refusal: type[Refusal], ruling: Ruling) -> None:
    if not ruling.allowed:
        raise refusal(ruling)
