"""Letting people in: one, many, and those whose day has come."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mutualgov.audit.actions import Fact, actor_reference, record_many
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.clock import uk_date
from mutualgov.core.rulings import Refusal, Ruling

from .. import eligibility, queries, rules
from ..facts import facts_of
from ..models import AdmissionDue, Membership, Person, RegisterEntry
from ..register import Kind
from .entries import hold_register, lock_register, particulars_of, period, periods_of
from .logins import open_the_door

Progress = Callable[[int, int], None]


class AdmissionRefused(Refusal):
    """The person cannot be admitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """One person to admit."""

    person: Person
    class_key: str
    constituency_key: str = ""
    effective_on: date


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
    head = lock_register()
    held = periods_of(admission.person for admission in admissions)
    rulings = _rulings_on(admissions)
    new: list[Membership] = []
    for number, (admission, ruling) in enumerate(zip(admissions, rulings, strict=True), start=head.last_number + 1):
        _admit_or_refuse(admission, ruling, held)
        made = Membership(
            number=number,
            person=admission.person,
            class_key=admission.class_key,
            joined_on=admission.effective_on,
        )
        held.setdefault((admission.person.pk, admission.class_key), []).append(period(made))
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
    record_many([_admitted(*each) for each in zip(new, admissions, rulings, strict=True)], by=by, at=at)
    for done, admission in enumerate(admissions, start=1):
        if admission.person.login is not None:
            open_the_door(admission.person, by=by, at=at)
        if progress:
            progress(done, len(admissions))
    return new


@transaction.atomic
def admit_due(*, due: Iterable[AdmissionDue], by: Any, at: datetime, authority: str = "") -> list[Membership]:
    """Admit people who waited: starters whose day has come, invited people who said yes.

    Asked again on the day: who has left or no longer qualifies is refused, and stays waiting. Who was a member of the
    class already by then is crossed off. Raises AdmissionRefused for all where one may not be admitted.
    """
    hold_register()
    today = uk_date(at)
    keys = [each.pk for each in due]
    waiting = list(AdmissionDue.objects.select_related("person", "batch").filter(pk__in=keys, settled_at__isnull=True))
    early = next((each for each in waiting if each.due_on > today), None)
    if early is not None:
        raise AdmissionRefused(
            f"{early.person.name} is due on {rules.in_words(early.due_on)} and cannot be admitted before.",
            rule="admission on the day",
        )
    held = dict(
        Membership.objects.filter(queries.running_on(today), person__in=[each.person for each in waiting]).values_list(
            "person_id", "class_key"
        )
    )
    new = [each for each in waiting if held.get(each.person_id) != each.class_key]
    made = admit_many(
        admissions=[
            Admission(
                person=each.person,
                class_key=each.class_key,
                constituency_key=each.constituency_key,
                effective_on=today if each.invited else each.due_on,
            )
            for each in new
        ],
        authority=authority or "Due on the day",
        by=by,
        at=at,
    )
    for each, membership in zip(new, made, strict=True):
        each.membership = membership
    for each in waiting:
        each.settled_at = at
        each.save(update_fields=("settled_at", "membership"))
    return made


def _rulings_on(admissions: Sequence[Admission]) -> list[Ruling]:
    """What the constitution in force on each day of joining says, in the order of the admissions."""
    days = {admission.effective_on for admission in admissions}
    books = {day: rulebook_in_force(on=day) for day in days}
    people = [admission.person for admission in admissions]
    known = {day: facts_of(people, on=day, book=books[day]) for day in days}
    return [
        eligibility.may_join(
            books[admission.effective_on],
            class_key=admission.class_key,
            constituency_key=admission.constituency_key,
            hats=known[admission.effective_on][admission.person.pk],
            on=admission.effective_on,
        )
        for admission in admissions
    ]


def _admit_or_refuse(admission: Admission, ruling: Ruling, held: dict[tuple[int, str], list[rules.Period]]) -> None:
    if ruling.allowed:
        beside = held.get((admission.person.pk, admission.class_key), [])
        ruling = rules.may_run(rules.Period("", admission.effective_on, None), beside=beside)
    if not ruling.allowed:
        raise AdmissionRefused(Ruling(False, ruling.rule, f"{admission.person.name}: {ruling.reason}"))


def _admitted(made: Membership, admission: Admission, ruling: Ruling) -> Fact:
    return Fact(
        "members.admitted",
        made,
        rule=ruling.rule,
        details={
            "membership": made.reference,
            "number": made.number,
            "person": admission.person.reference,
            "class": admission.class_key,
            "constituency": admission.constituency_key,
            "effective_on": admission.effective_on.isoformat(),
        },
    )
