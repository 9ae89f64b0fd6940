"""Everything that can be done to the register of members.

Whoever writes holds the register's head: one writer at a time in a mutual, so numbers have no gaps and two that admit
the same person are not both let in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from mutualgov.access.actions import end_role, grant_role
from mutualgov.access.models import RoleGrant
from mutualgov.access.permissions import Role
from mutualgov.access.queries import grants_on
from mutualgov.accounts.models import User
from mutualgov.audit.actions import Fact, actor_reference, record, record_many
from mutualgov.core.clock import uk_date
from mutualgov.core.rulings import Refusal, Ruling
from mutualgov.tenancy.scope import current_mutual

from . import queries, rules
from .models import Membership, Person, RegisterEntry, RegisterHead
from .register import Entry, Kind, in_force, standing

Progress = Callable[[int, int], None]
#: What the register shows of a person.
PARTICULARS = ("title", "given_name", "family_name", "service_address")


class AdmissionRefused(Refusal):
    """The person cannot be admitted."""


class EntryRefused(Refusal):
    """The entry cannot be written into the register."""


class LoginRefused(Refusal):
    """The login cannot be linked to the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """One person to admit."""

    person: Person
    class_key: str
    constituency_key: str = ""
    effective_on: date


@transaction.atomic
def add_person(*, given_name: str, family_name: str, by: Any, at: datetime, **fields: Any) -> Person:
    """Note somebody the mutual knows; not yet a member.

    fields  the rest of the membership record: born_on, email, address, postcode, service_address, employee_number, …
    """
    added = Person.objects.create(given_name=given_name.strip(), family_name=family_name.strip(), **fields)
    record("members.person_added", added, by=by, at=at)
    return added


def admit_member(
    *,
    person: Person,
    class_key: str,
    constituency_key: str = "",
    effective_on: date,
    authority: str,
    by: Any,
    at: datetime,
) -> Membership:
    """Enter one person as a member, under the next number. See ``admit_many``."""
    admission = Admission(
        person=person, class_key=class_key, constituency_key=constituency_key, effective_on=effective_on
    )
    return admit_many(admissions=[admission], authority=authority, by=by, at=at)[0]


@transaction.atomic
def admit_many(
    *, admissions: Sequence[Admission], authority: str, by: Any, at: datetime, progress: Progress | None = None
) -> list[Membership]:
    """Enter people as members in the order given: all of them or none.

    authority     the resolution, rule or batch it rests on; stands in each entry
    progress      told (done, total)

    Somebody who was a member before gets a new membership with a new number. Raises AdmissionRefused, naming the
    person, the rule and what can be done.
    Source: Companies Act 2006 s.112(2): a member is one who agreed and whose name is entered in the register.
    """
    head = _lock_register()
    held = _periods_of(admission.person for admission in admissions)
    new: list[Membership] = []
    for number, admission in enumerate(admissions, start=head.last_number + 1):
        _admit_or_refuse(admission, held)
        made = Membership(
            number=number,
            person=admission.person,
            class_key=admission.class_key,
            joined_on=admission.effective_on,
        )
        held.setdefault((admission.person.pk, admission.class_key), []).append(_period(made))
        new.append(made)
    Membership.objects.bulk_create(new, batch_size=500)
    RegisterEntry.objects.bulk_create(
        [
            RegisterEntry(
                membership=made,
                kind=Kind.ADMIT,
                constituency_key=admission.constituency_key,
                particulars=particulars_of(admission.person),
                effective_on=admission.effective_on,
                entered_at=at,
                entered_by=actor_reference(by),
                authority=authority,
            )
            for made, admission in zip(new, admissions, strict=True)
        ],
        batch_size=500,
    )
    head.last_number += len(new)
    head.save(update_fields=("last_number",))
    record_many([_admitted(made, a) for made, a in zip(new, admissions, strict=True)], by=by, at=at)
    for done, admission in enumerate(admissions, start=1):
        if admission.person.login is not None:
            _open_the_door(admission.person, by=by, at=at)
        if progress:
            progress(done, len(admissions))
    return new


@transaction.atomic
def cease_membership(
    *, membership: Membership, effective_on: date, reason: str, by: Any, at: datetime, authority: str = ""
) -> RegisterEntry:
    """End a membership.

    effective_on  the first day the person no longer belongs; may be past or still to come
    reason        why, in a few words: "left employment", "resigned", "died"

    A date still to come may be replaced by another; one that has passed is put right by ``correct_entry``. The login
    loses the role of member when no other membership runs. Raises EntryRefused.
    """
    today = uk_date(at)
    ahead = _cease_ahead(membership, today=today)
    entry = _write(
        membership,
        Kind.CEASE,
        effective_on=effective_on,
        authority=authority or reason,
        reason=reason,
        corrects=ahead,
        by=by,
        at=at,
    )
    record(
        "members.ceased",
        membership,
        by=by,
        at=at,
        rule=rules.CA_113,
        membership=membership.reference,
        **{"class": membership.class_key},
        effective_on=effective_on.isoformat(),
        entered_on=today.isoformat(),
        backdated=effective_on < today,
        replaces=bool(ahead),
    )
    _close_the_door(membership, by=by, at=at)
    return entry


@transaction.atomic
def change_constituency(
    *, membership: Membership, constituency_key: str, effective_on: date, authority: str, by: Any, at: datetime
) -> RegisterEntry:
    """Move a member to another constituency of the same class from a date. Raises EntryRefused."""
    before = standing(queries.entries_of(membership), on=effective_on)
    if before is not None and before.constituency_key == constituency_key:
        raise EntryRefused(
            f"{membership.reference} is in that constituency on {rules.in_words(effective_on)} already.",
            rule=rules.CA_113,
        )
    entry = _write(
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

    changed     any of title, given_name, family_name, service_address
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
        _write(
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
    corrected = _write(
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
    struck = _write(
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


@transaction.atomic
def link_login(*, membership: Membership, user: User, by: Any, at: datetime) -> Person:
    """Let a login act for the person who holds a membership, and enter the mutual as a member.

    A login acts for one person in a mutual. Raises LoginRefused.
    """
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    other = Person.objects.filter(login=user).exclude(pk=person.pk).first()
    if other is not None:
        raise LoginRefused(f"{user} already signs in for another person here ({other.reference}).", rule="one login")
    if person.login_id not in (None, user.pk):
        raise LoginRefused(f"{person.reference} already signs in by another login. Unlink that one first.")
    person.login = membership.person.login = user
    person.save(update_fields=("login",))
    record("members.login_linked", person, by=by, at=at, login=user.pk)
    _open_the_door(person, by=by, at=at)
    return person


def particulars_of(person: Person) -> dict[str, str]:
    """What the register shows of a person now."""
    return {name: value for name in PARTICULARS if (value := getattr(person, name))}


# --- how an entry is written ------------------------------------------------------------------------------------------


def _lock_register() -> RegisterHead:
    RegisterHead.objects.get_or_create(mutual=current_mutual())
    RegisterHead.objects.update(version=F("version") + 1)
    return RegisterHead.objects.select_for_update().get()


def _write(
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
    _lock_register()
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
    _refuse_unless(rules.may_stand(after))
    _repeat_period(membership, after)
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


def _repeat_period(membership: Membership, history: Iterable[Entry]) -> None:
    """Keep the membership's own dates in step with its entries; a struck-out membership runs on no day."""
    found = standing(history)
    joined_on = found.joined_on if found else membership.joined_on
    ceased_on = found.ceased_on if found else membership.joined_on
    if (joined_on, ceased_on) == (membership.joined_on, membership.ceased_on):
        return
    key = (membership.person_id, membership.class_key)
    others = _periods_of([membership.person]).get(key, [])
    period = rules.Period(membership.reference, joined_on, ceased_on)
    _refuse_unless(rules.may_run(period, beside=[other for other in others if other.reference != period.reference]))
    membership.joined_on, membership.ceased_on = joined_on, ceased_on
    membership.save(update_fields=("joined_on", "ceased_on"))


def _refuse_unless(ruling: Ruling) -> None:
    if not ruling.allowed:
        raise EntryRefused(ruling)


def _cease_ahead(membership: Membership, *, today: date) -> RegisterEntry | None:
    """An entry that ends the membership on a day still to come."""
    for entry in in_force(queries.entries_of(membership)):
        if entry.kind is Kind.CEASE and entry.effective_on > today:
            return RegisterEntry.objects.get(pk=entry.key)
    return None


# --- who may be admitted ----------------------------------------------------------------------------------------------


def _admit_or_refuse(admission: Admission, held: dict[tuple[int, str], list[rules.Period]]) -> None:
    beside = held.get((admission.person.pk, admission.class_key), [])
    period = rules.Period("", admission.effective_on, None)
    ruling = rules.may_run(period, beside=beside)
    if not ruling.allowed:
        raise AdmissionRefused(Ruling(False, ruling.rule, f"{admission.person.name}: {ruling.reason}"))


def _periods_of(people: Iterable[Person]) -> dict[tuple[int, str], list[rules.Period]]:
    """Periods of memberships by person and class; those that run on no day left out."""
    found: dict[tuple[int, str], list[rules.Period]] = {}
    for held in Membership.objects.filter(person__in=list(people)):
        if held.ceased_on != held.joined_on:
            found.setdefault((held.person_id, held.class_key), []).append(_period(held))
    return found


def _period(held: Membership) -> rules.Period:
    return rules.Period(held.reference, held.joined_on, held.ceased_on)


def _admitted(made: Membership, admission: Admission) -> Fact:
    return Fact(
        "members.admitted",
        made,
        details={
            "membership": made.reference,
            "number": made.number,
            "person": admission.person.reference,
            "class": admission.class_key,
            "constituency": admission.constituency_key,
            "effective_on": admission.effective_on.isoformat(),
        },
    )


def _label(name: str) -> str:
    return name.replace("_", " ")


# --- the login of a member --------------------------------------------------------------------------------------------


def _open_the_door(person: Person, *, by: Any, at: datetime) -> None:
    """A login whose person belongs, now or soon, holds the role of member."""
    today = uk_date(at)
    ahead = [held for held in person.memberships.all() if held.ceased_on is None or held.ceased_on > today]
    if not ahead or person.login is None:
        return
    from_on = max(today, min(held.joined_on for held in ahead))
    if not grants_on(from_on).filter(user=person.login, mutual=current_mutual(), role=Role.MEMBER).exists():
        grant_role(user=person.login, role=Role.MEMBER, from_on=from_on, by=by, at=at)


def _close_the_door(membership: Membership, *, by: Any, at: datetime) -> None:
    """A login whose last membership ends loses the role of member with it."""
    person, ceased_on = membership.person, membership.ceased_on
    if person.login is None or ceased_on is None:
        return
    if person.memberships.filter(queries.running_on(ceased_on)).exists():
        return
    for grant in RoleGrant.objects.filter(
        user=person.login, mutual=current_mutual(), role=Role.MEMBER, until_on__isnull=True
    ):
        end_role(grant=grant, last_on=ceased_on - timedelta(days=1), by=by, at=at)
