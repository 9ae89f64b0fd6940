"""Reading people, memberships and the register."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet

from mutualgov.accounts.models import User
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook
from mutualgov.constitution.semantics.electorates import Hat, electors

from .feed.values import same_name
from .models import AdmissionDue, Membership, Person, RegisterEntry
from .register import Entry, Kind, Standing, standing
from .rules import in_words


class NoSuchMember(LookupError):
    """No membership has this reference in the mutual in scope."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One membership as the register shows it.

    ``ceased_on`` is the first day the person no longer belonged; None while they belong.
    """

    number: int
    reference: str
    name: str
    class_key: str
    constituency_key: str
    joined_on: date
    entered_at: datetime
    ceased_on: date | None
    given_name: str = ""
    family_name: str = ""
    service_address: str = ""
    person: str = field(default="", repr=False)  # the person's reference


def register_entries(*, on: date, known_at: datetime | None = None, former: bool = False) -> list[RegisterLine]:
    """The register as it stood on a date, as it was known at a moment; by surname. One query.

    on        members on this day: joined by then, not ceased by then
    known_at  leaves out what was entered later; None is everything known
    former    also those who had ceased by ``on``
    """
    written = _written() if known_at is None else _written().filter(entered_at__lte=known_at)
    lines = []
    for _, group in groupby(written, key=lambda row: row["membership_id"]):
        rows = list(group)
        found = standing([_entry(row) for row in rows], on=on, known_at=known_at)
        if found and (former or found.ceased_on is None):
            lines.append(_line(rows[0], found))
    return sorted(lines, key=_by_name)


def narrowed(lines: Iterable[RegisterLine], *, text: str = "", key: str = "") -> list[RegisterLine]:
    """Lines in which every word of a text is part of the name, or is the number or reference; of a class or part.

    Capitals, accents and apostrophes do not count.
    """
    words = [word for part in text.split() if (word := same_name(part))]
    return [
        line
        for line in lines
        if (not key or key in (line.class_key, line.constituency_key))
        and all(word in same_name(line.name) or word in (str(line.number), same_name(line.reference)) for word in words)
    ]


def members_in(*, by: Collection[str], on: date, known_at: datetime | None = None) -> list[RegisterLine]:
    """Members on a date who may vote as any of the classes, constituencies or general meetings named; by surname.

    Each person once: who belongs twice is counted in the class that the constitution puts first, and only there.
    """
    lines = {(line.person, line.class_key): line for line in register_entries(on=on, known_at=known_at)}
    hats = [Hat(line.person, line.class_key, line.constituency_key) for line in lines.values()]
    found = electors(rulebook_in_force(on=on), by, hats=hats)
    return sorted((lines[hat.person, hat.member_class] for hat in found), key=_by_name)


def memberships() -> "QuerySet[Membership]":
    return Membership.objects.select_related("person")


def membership(reference: str) -> Membership:
    """The membership of a reference. Raises NoSuchMember."""
    found = memberships().filter(reference=reference).first()
    if found is None:
        raise NoSuchMember(reference)
    return found


def membership_of(user: User, *, on: date) -> Membership | None:
    """The membership through which a login belongs on a date; None where it does not.

    Of several the one in the class that the constitution puts first.
    """
    held = list(memberships_of(user, on=on))
    if len(held) < 2:
        return held[0] if held else None
    order = rulebook_in_force(on=on).precedence()
    return min(held, key=lambda each: order.index(each.class_key) if each.class_key in order else len(order))


def memberships_of(user: User, *, on: date) -> "QuerySet[Membership]":
    """Every membership of a login that runs on a date."""
    if not user.is_authenticated:
        return memberships().none()
    return memberships().filter(person__login=user).filter(running_on(on)).order_by("number")


def running_on(on: date) -> Q:
    """Memberships that, by what is known now, run on a date."""
    return Q(joined_on__lte=on) & (Q(ceased_on__isnull=True) | Q(ceased_on__gt=on))


def names_of(references: Iterable[str]) -> dict[str, str]:
    """Names today by reference of membership; references that are not here are left out. One query."""
    rows = Membership.objects.filter(reference__in=set(references))
    return {
        reference: f"{given} {family}".strip()
        for reference, given, family in rows.values_list("reference", "person__given_name", "person__family_name")
    }


def person(reference: str) -> Person:
    """The person of a reference. Raises NoSuchMember."""
    found = Person.objects.filter(reference=reference).first()
    if found is None:
        raise NoSuchMember(reference)
    return found


def history_of(held: Membership) -> "QuerySet[RegisterEntry]":
    """Everything entered about a membership, in the order it was entered."""
    return RegisterEntry.objects.filter(membership=held).select_related("corrects").order_by("pk")


def entries_of(held: Membership) -> list[Entry]:
    """The same as plain values."""
    return [_entry(row) for row in _written().filter(membership=held)]


def standing_of(held: Membership, *, on: date | None) -> Standing | None:
    """How a membership stands on a date, or at its end; None where it has not begun."""
    return standing(entries_of(held), on=on)


def admissions_waiting() -> list[AdmissionDue]:
    """Everybody who is still to be admitted, the soonest first."""
    return list(AdmissionDue.objects.filter(settled_at__isnull=True).select_related("person"))


def admissions_due(references: Iterable[str]) -> "QuerySet[AdmissionDue]":
    return AdmissionDue.objects.filter(reference__in=list(references), settled_at__isnull=True)


def waiting_in_words(waiting: Iterable[AdmissionDue], *, on: date) -> list[tuple[str, str, str]]:
    """Reference, name, and since or until when somebody waits for what."""
    book = rulebook_in_force(on=on)
    return [
        (
            due.reference,
            due.person.name,
            f"{'invited' if due.invited else 'starts'} {in_words(due.due_on)}, "
            f"{book.label(due.constituency_key or due.class_key)}",
        )
        for due in waiting
    ]


def why_there(held: Membership, *, book: Rulebook, on: date) -> str:
    """Why a member is in their constituency, in a sentence for the member."""
    stands = standing_of(held, on=on)
    if stands is None or not stands.constituency_key:
        return ""
    part = book.constituencies.get(stands.constituency_key)
    groups = [post.staff_group for post in held.person.assignments.all() if post.is_primary and post.staff_group]
    if part is None:
        return ""
    if groups and any({"group", "staff_group"} & set(where) for where in part.where.alternatives):
        return f"You are in {book.label(part.key)} because your main post is in the staff group {groups[0]}."
    return f"You are in {book.label(part.key)} by what was known of you when you were entered there."


def _written() -> "QuerySet[RegisterEntry, dict[str, Any]]":
    return RegisterEntry.objects.order_by("membership_id", "pk").values(
        "pk",
        "membership_id",
        "kind",
        "effective_on",
        "entered_at",
        "constituency_key",
        "particulars",
        "corrects_id",
        number=F("membership__number"),
        reference=F("membership__reference"),
        class_key=F("membership__class_key"),
        person=F("membership__person__reference"),
    )


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        key=row["pk"],
        kind=Kind(row["kind"]),
        effective_on=row["effective_on"],
        entered_at=row["entered_at"],
        constituency_key=row["constituency_key"],
        particulars=row["particulars"],
        corrects=row["corrects_id"],
    )


def entry_of(entry: RegisterEntry) -> Entry:
    """An entry as plain values."""
    return Entry(
        key=entry.pk,
        kind=Kind(entry.kind),
        effective_on=entry.effective_on,
        entered_at=entry.entered_at,
        constituency_key=entry.constituency_key,
        particulars=entry.particulars,
        corrects=entry.corrects_id,
    )


def _line(row: Mapping[str, Any], found: Standing) -> RegisterLine:
    given, family = found.particulars.get("given_name", ""), found.particulars.get("family_name", "")
    return RegisterLine(
        number=row["number"],
        reference=row["reference"],
        name=f"{given} {family}".strip(),
        class_key=row["class_key"],
        constituency_key=found.constituency_key,
        joined_on=found.joined_on,
        entered_at=found.entered_at,
        ceased_on=found.ceased_on,
        given_name=given,
        family_name=family,
        service_address=found.particulars.get("service_address", ""),
        person=row["person"],
    )


def _by_name(line: RegisterLine) -> tuple[str, str, int]:
    return line.family_name.casefold(), line.given_name.casefold(), line.number
