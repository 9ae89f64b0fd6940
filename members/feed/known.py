"""What a comparison needs from the database: the people known, the constitution's places, keyed marks."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db.models import F

from mutualgov.constitution.rulebook import Rulebook
from mutualgov.tenancy.scope import current_mutual

from .. import eligibility
from ..facts import hats_of, post_of, words_of
from ..models import AdmissionDue, Assignment, FeedBatch, Membership, OptOut, Person, RegisterEntry, Stage
from ..queries import entry_of
from ..register import standing
from .lines import Terms
from .matching import Known, KnownMembership
from .people import Staff, Words


def insurance_mark(number: str) -> str:
    """A keyed hash of a National Insurance number: two can be compared, none can be read back."""
    key = f"{settings.SECRET_KEY} National Insurance {current_mutual().key}".encode()
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def known_people() -> list[Known]:
    """Everybody the mutual knows, in six queries however many they are."""
    memberships = _by_person(_memberships())
    due = _by_person(AdmissionDue.objects.filter(settled_at__isnull=True).values_list("person", "class_key", "invited"))
    opted = _by_person(OptOut.objects.filter(withdrawn_on__isnull=True).values_list("person", "class_key"))
    posts = _by_person((post.person_id, post_of(post)) for post in Assignment.objects.all())
    return [
        Known(
            pk=person.pk,
            reference=person.reference,
            given_name=person.given_name,
            family_name=person.family_name,
            employee_number=person.employee_number,
            born_on=person.born_on,
            insurance_mark=person.insurance_mark,
            email=person.email,
            address=person.address,
            postcode=person.postcode,
            known_as=person.known_as,
            missed_feeds=person.missed_feeds,
            memberships=tuple(row[1] for row in memberships.get(person.pk, ())),
            due={row[1]: row[2] for row in due.get(person.pk, ())},
            opted_out=frozenset(row[1] for row in opted.get(person.pk, ())),
            posts=frozenset(row[1] for row in posts.get(person.pk, ())),
        )
        for person in Person.objects.order_by("pk")
    ]


def _memberships() -> list[tuple[int, KnownMembership]]:
    """Each membership that ever began, in its last constituency."""
    entries = RegisterEntry.objects.order_by("membership_id", "pk").select_related(None)
    found = {}
    for key, group in groupby(entries, key=lambda entry: entry.membership_id):
        if stands := standing([entry_of(entry) for entry in group]):
            found[key] = stands.constituency_key
    return [
        (
            held.person_id,
            KnownMembership(held.reference, held.class_key, held.joined_on, held.ceased_on, found[held.pk]),
        )
        for held in Membership.objects.order_by("number")
        if held.pk in found
    ]


def _by_person(rows: object) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = {}
    for row in rows:  # type: ignore[attr-defined]
        found.setdefault(row[0], []).append(tuple(row))
    return found


def terms_of(book: Rulebook, *, on: date, answers: Mapping[str, str]) -> Terms:
    """Everything a comparison rests on, on a date."""
    classes = eligibility.feed_classes(book)
    mutual, words = current_mutual().name, words_of(book)
    before = FeedBatch.objects.filter(stage=Stage.APPROVED).order_by(F("settled_at").desc()).first()
    return Terms(
        on=on,
        place=lambda staff, day: _place(book, classes, staff, day, words),
        feed_classes=frozenset(classes),
        mark=insurance_mark,
        care_of=lambda organisation: f"c/o {organisation or mutual}",
        called=lambda key: book.label(key) if key else "",
        answers=answers,
        people_before=before.people if before else 0,
    )


def _place(book: Rulebook, classes: Sequence[str], staff: Staff, on: date, words: Words) -> eligibility.Place:
    """Any assignment that qualifies gives the class; the primary one gives the constituency."""
    hats, main = hats_of(staff.posts, staff.born_on, on, words)
    found = eligibility.place(book, classes, hats=hats, main=main, on=on)
    if found.class_key:
        return found
    for day in eligibility.days_of_change(book, classes, hats=hats, after_on=on):
        later, main = hats_of(staff.posts, staff.born_on, day, words)
        if eligibility.place(book, classes, hats=later, main=main, on=day).class_key:
            return eligibility.Place(rule=found.rule, reason=found.reason, eligible_on=day)
    return found
