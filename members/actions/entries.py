"""How the register is written: under its lock, one entry at a time, and never over another."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mutualgov.audit.actions import actor_reference, record
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.rulings import Refusal, Ruling
from mutualgov.tenancy.scope import current_mutual

from .. import eligibility, queries, rules
from ..models import Membership, Person, RegisterEntry, RegisterHead
from ..register import Entry, Kind, in_force, standing

#: What the register shows of a person.
PARTICULARS = ("given_name", "family_name", "service_address")


class EntryRefused(Refusal):
    """The entry cannot be written into the register."""


def hold_register() -> RegisterHead:
    """Lock the register of the mutual in scope until the transaction ends."""
    RegisterHead.objects.get_or_create(mutual=current_mutual())
    return RegisterHead.objects.select_for_update().get()


def lock_register() -> RegisterHead:
    """The same in order to write: whoever compared with the register before sees that it has moved."""
    head = hold_register()
    head.version += 1
    head.save(update_fields=("version",))
    return head


def write(
    membership: Membership,
    kind: Kind,
    *,
    effective_on: date,
    authority: str,
    by: Any,
    at: datetime,
    constituency_key: str = "",
    particulars: dict[str, str] | None = None,
    reason: str = "",
    corrects: RegisterEntry | None = None,
) -> RegisterEntry:
    """Write one entry, if the membership can still be read with it, and repeat the period it now has."""
    lock_register()
    history = queries.entries_of(membership)
    if corrects is not None and corrects.pk not in {entry.key for entry in in_force(history)}:
        raise EntryRefused("That entry no longer counts: it has been corrected or struck out already.")
    proposed = Entry(
        key=max((entry.key for entry in history), default=0) + 1,
        kind=kind,
        effective_on=effective_on,
        entered_at=at,
        constituency_key=constituency_key,
        particulars=particulars or {},
        corrects=corrects.pk if corrects else None,
    )
    after = [*history, proposed]
    refuse_unless(rules.may_stand(after))
    repeat_period(membership, after)
    return RegisterEntry.objects.create(
        membership=membership,
        kind=kind,
        effective_on=effective_on,
        entered_at=at,
        entered_by=actor_reference(by),
        constituency_key=constituency_key,
        particulars=particulars or {},
        authority=authority,
        reason=reason,
        corrects=corrects,
    )


def repeat_period(membership: Membership, history: Iterable[Entry]) -> None:
    """Keep the membership's own dates in step with its entries; a struck-out membership runs on no day."""
    found = standing(history)
    joined_on = found.joined_on if found else membership.joined_on
    ceased_on = found.ceased_on if found else membership.joined_on
    if (joined_on, ceased_on) == (membership.joined_on, membership.ceased_on):
        return
    key = (membership.person_id, membership.class_key)
    others = periods_of([membership.person]).get(key, [])
    period = rules.Period(membership.reference, joined_on, ceased_on)
    refuse_unless(rules.may_run(period, beside=[other for other in others if other.reference != period.reference]))
    membership.joined_on, membership.ceased_on = joined_on, ceased_on
    membership.save(update_fields=("joined_on", "ceased_on"))


def refuse_unless(ruling: Ruling) -> None:
    if not ruling.allowed:
        raise EntryRefused(ruling)


def periods_of(people: Iterable[Person]) -> dict[tuple[int, str], list[rules.Period]]:
    """Periods of memberships by person and class; those that run on no day left out."""
    found: dict[tuple[int, str], list[rules.Period]] = {}
    for held in Membership.objects.filter(person__in=list(people)):
        if held.ceased_on != held.joined_on:
            found.setdefault((held.person_id, held.class_key), []).append(period(held))
    return found


def period(held: Membership) -> rules.Period:
    return rules.Period(held.reference, held.joined_on, held.ceased_on)


@transaction.atomic
def change_constituency(
    *, membership: Membership, constituency_key: str, effective_on: date, authority: str, by: Any, at: datetime
) -> RegisterEntry:
    """Move a member to another constituency of the same class from a date. Raises EntryRefused."""
    book = rulebook_in_force(on=effective_on)
    part = eligibility.is_part(book, class_key=membership.class_key, constituency_key=constituency_key)
    refuse_unless(part)
    before = standing(queries.entries_of(membership), on=effective_on)
    if before is not None and before.constituency_key == constituency_key:
        raise EntryRefused(
            f"{membership.reference} is in that constituency on {rules.in_words(effective_on)} already.",
            rule=rules.CA_113,
        )
    entry = write(
        membership,
        Kind.RECLASS,
        effective_on=effective_on,
        constituency_key=constituency_key,
        authority=authority,
        by=by,
        at=at,
    )
    record(
        "members.reclassified",
        membership,
        by=by,
        at=at,
        rule=part.rule,
        membership=membership.reference,
        was=before.constituency_key if before else "",
        now=constituency_key,
        effective_on=effective_on.isoformat(),
    )
    return entry


@transaction.atomic
def change_particulars(
    *, person: Person, changed_on: date, authority: str, by: Any, at: datetime, **changed: str
) -> list[RegisterEntry]:
    """Note that what the register shows of a person changed: the old stays, with both dates.

    changed     any of given_name, family_name, service_address
    changed_on  the day it changed in the world; the register also keeps the day it was entered
    returns     an entry for each membership that had not ceased by then; none where nothing differs

    Source: Companies Act 2006 s.113(6A).
    """
    unknown = set(changed) - set(PARTICULARS)
    if unknown:
        raise TypeError(f"not shown in the register: {sorted(unknown)}")
    new = {name: value.strip() for name, value in changed.items() if value.strip() != getattr(person, name)}
    if not new:
        return []
    was = {name: getattr(person, name) for name in new}
    for name, value in new.items():
        setattr(person, name, value)
    if not person.name:
        raise EntryRefused("A person in the register needs a name.", rule=rules.CA_113)
    person.save(update_fields=list(new))
    entries = [
        write(
            held,
            Kind.PARTICULARS,
            effective_on=max(changed_on, held.joined_on),
            particulars=new,
            reason=f"changed: {', '.join(_label(name) for name in was)}",
            authority=authority,
            by=by,
            at=at,
        )
        for held in person.memberships.all()
        if held.ceased_on is None or held.ceased_on > max(changed_on, held.joined_on)
    ]
    record(
        "members.particulars_changed",
        person,
        by=by,
        at=at,
        rule="CA 2006 s.113(6A)",
        what=sorted(new),
        changed_on=changed_on.isoformat(),
    )
    return entries


@transaction.atomic
def correct_entry(*, entry: RegisterEntry, effective_on: date, authority: str, by: Any, at: datetime) -> RegisterEntry:
    """Put right the date of an entry by another that takes its place; the wrong one stays to be seen.

    Raises EntryRefused. Source: Companies Act 2006 s.125 (rectification).
    """
    corrected = write(
        entry.membership,
        Kind(entry.kind),
        effective_on=effective_on,
        constituency_key=entry.constituency_key,
        particulars=entry.particulars,
        reason=entry.reason,
        authority=authority,
        corrects=entry,
        by=by,
        at=at,
    )
    record(
        "members.entry_corrected",
        entry.membership,
        by=by,
        at=at,
        rule="CA 2006 s.125",
        kind=entry.kind,
        was=entry.effective_on.isoformat(),
        now=effective_on.isoformat(),
    )
    return corrected


@transaction.atomic
def strike_entry(*, entry: RegisterEntry, authority: str, by: Any, at: datetime) -> RegisterEntry:
    """Take an entry back that should not have been made; it stays to be seen, and no longer counts.

    Raises EntryRefused. Source: Companies Act 2006 s.125 (rectification).
    """
    struck = write(
        entry.membership,
        Kind.STRIKE,
        effective_on=entry.effective_on,
        authority=authority,
        corrects=entry,
        by=by,
        at=at,
    )
    record(
        "members.entry_struck",
        entry.membership,
        by=by,
        at=at,
        rule="CA 2006 s.125",
        kind=entry.kind,
        was=entry.effective_on.isoformat(),
    )
    return struck


def particulars_of(person: Person) -> dict[str, str]:
    """What the register shows of a person now."""
    return {name: value for name in PARTICULARS if (value := getattr(person, name))}


def _label(name: str) -> str:
    return name.replace("_", " ")
