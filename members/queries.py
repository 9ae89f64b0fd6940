"""Reading people, memberships and the register."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet

from mutualgov.accounts.models import User

from .models import Membership, Person, RegisterEntry
from .register import Entry, Kind, Standing, standing


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


def members_in(*, by: Collection[str], on: date, known_at: datetime | None = None) -> list[RegisterLine]:
    """Members on a date of any of the classes or constituencies named; each person once, by surname.

    by  keys of classes, constituencies or general meetings (whose classes are meant)

    A person who belongs twice appears with the membership of the class that comes first in the constitution's
    precedence, else with the older one.
    """
    wanted = frozenset(by)
    first: dict[str, RegisterLine] = {}
    for line in sorted(register_entries(on=on, known_at=known_at), key=lambda line: line.number):
        if wanted & {line.class_key, line.constituency_key}:
            first.setdefault(line.person, line)
    return sorted(first.values(), key=_by_name)


def memberships() -> "QuerySet[Membership]":
    return Membership.objects.select_related("person")


def membership(reference: str) -> Membership:
    """The membership of a reference. Raises NoSuchMember."""
    found = memberships().filter(reference=reference).first()
    if found is None:
        raise NoSuchMember(reference)
    return found


def membership_of(user: User, *, on: date) -> Membership | None:
    """The membership through which a login belongs on a date; None where it does not."""
    return memberships_of(user, on=on).first()


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
