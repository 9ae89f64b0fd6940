"""Writing an approved batch. Runs inside the transaction that settles the batch."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ..actions import (
    Admission,
    Progress,
    admit_many,
    cease_membership,
    change_constituency,
    change_details,
    change_particulars,
    strike_entry,
)
from ..models import AdmissionDue, Assignment, FeedBatch, FeedLine, LineKind, Membership, Person, RegisterEntry
from ..register import Kind

POST_FIELDS = tuple(
    field.name for field in Assignment._meta.concrete_fields if field.name not in ("id", "mutual", "person")
)
DATES = ("started_on", "continuous_from", "fixed_until", "last_day_on")


def apply_batch(batch: FeedBatch, *, by: Any, at: datetime, progress: Progress | None) -> dict[str, Any]:
    """Write what the batch proposes; returns how many of each kind."""
    lines = list(batch.lines.select_related("person"))
    todo = {kind: [line for line in lines if line.kind == kind and line.data] for kind in LineKind}
    total = sum(len(todo[kind]) for kind in WRITTEN)
    steps = _Steps(progress, total)
    authority = f"Staff file {batch.reference}"
    people = _add_people([line for kind in (LineKind.JOIN, LineKind.SCHEDULE, LineKind.INVITE) for line in todo[kind]])
    for line in todo[LineKind.LEAVE]:
        _leave(line, authority, by=by, at=at)
        steps.forward()
    for line in todo[LineKind.CHANGE]:
        _change(line, authority, by=by, at=at)
        steps.forward()
    _wait_for(batch, [*todo[LineKind.SCHEDULE], *todo[LineKind.INVITE]], people)
    steps.forward(len(todo[LineKind.SCHEDULE]) + len(todo[LineKind.INVITE]))
    _join(todo[LineKind.JOIN], people, authority, by=by, at=at, steps=steps)
    _note_presence(lines, people, batch.seen, todo[LineKind.MISSING])
    steps.forward(len(todo[LineKind.MISSING]))
    return {
        "joined": len(todo[LineKind.JOIN]),
        "invited": len(todo[LineKind.INVITE]),
        "scheduled": len(todo[LineKind.SCHEDULE]),
        "left": len(todo[LineKind.LEAVE]),
        "changed": len(todo[LineKind.CHANGE]),
        "missing": len(todo[LineKind.MISSING]),
        "held": sum(1 for line in lines if line.kind == LineKind.CONFLICT),
    }


WRITTEN = (
    LineKind.JOIN,
    LineKind.INVITE,
    LineKind.SCHEDULE,
    LineKind.LEAVE,
    LineKind.CHANGE,
    LineKind.MISSING,
)


class _Steps:
    """Tells how far the writing has come."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def forward(self, by: int = 1) -> None:
        if by and self.progress:
            self.done += by
            self.progress(self.done, self.total)


def _add_people(lines: Iterable[FeedLine]) -> dict[int, Person]:
    """People the lines are about, by the key of the line; those the mutual did not know are noted first."""
    lines = list(lines)
    new: dict[int, Person] = {
        line.pk: Person(**{**line.data["new"], "born_on": _on_if_told(line.data["new"]["born_on"])})
        for line in lines
        if line.data.get("new")
    }
    Person.objects.bulk_create(new.values(), batch_size=500)
    return new | {line.pk: line.person for line in lines if line.person is not None}


def _join(
    lines: list[FeedLine], people: dict[int, Person], authority: str, *, by: Any, at: datetime, steps: _Steps
) -> None:
    admissions = [
        Admission(
            person=people[line.pk],
            class_key=line.data["class"],
            constituency_key=line.data["constituency"],
            effective_on=_on(line.data["from"]),
        )
        for line in lines
    ]
    # Each assignment is written first: admission asks them whether the person may belong.
    _note_posts([(people[line.pk], line.data["posts"]) for line in lines])
    made = admit_many(
        admissions=admissions, authority=authority, by=by, at=at, progress=lambda done, total: steps.forward()
    )
    for line, held in zip(lines, made, strict=True):
        if line.data["until"]:
            cease_membership(
                membership=held,
                effective_on=_on(line.data["until"]),
                reason="left employment",
                authority=authority,
                by=by,
                at=at,
            )
    by_person = {(held.person_id, held.class_key): held for held in made}
    for due in AdmissionDue.objects.filter(person__in=[held.person for held in made], settled_at__isnull=True):
        if admitted := by_person.get((due.person_id, due.class_key)):
            due.settled_at, due.membership = at, admitted
            due.save(update_fields=("settled_at", "membership"))


def _wait_for(batch: FeedBatch, lines: list[FeedLine], people: dict[int, Person]) -> None:
    AdmissionDue.objects.bulk_create(
        [
            AdmissionDue(
                person=people[line.pk],
                class_key=line.data["class"],
                constituency_key=line.data["constituency"],
                invited=line.data["invited"],
                due_on=_on(line.data["from"]),
                batch=batch,
            )
            for line in lines
        ],
        batch_size=500,
    )


def _leave(line: FeedLine, authority: str, *, by: Any, at: datetime) -> None:
    held = Membership.objects.select_related("person").get(reference=line.data["membership"])
    cease_membership(
        membership=held,
        effective_on=_on(line.data["from"]),
        reason=line.data["reason"],
        authority=authority,
        by=by,
        at=at,
    )
    if line.data.get("died_on"):
        change_details(person=held.person, died_on=_on(line.data["died_on"]), by=by, at=at)


def _change(line: FeedLine, authority: str, *, by: Any, at: datetime) -> None:
    data = line.data
    if line.person is None:
        raise ValueError(f"a change to nobody: {line.sentence}")
    if names := data.get("particulars"):
        change_particulars(
            person=line.person, changed_on=_on(data["changed_on"]), authority=authority, by=by, at=at, **names
        )
    if fields := data.get("fields"):
        if "born_on" in fields:
            fields = {**fields, "born_on": _on(fields["born_on"])}
        change_details(person=line.person, by=by, at=at, **fields)
    if "moved_on" in data:
        change_constituency(
            membership=Membership.objects.select_related("person").get(reference=data["membership"]),
            constituency_key=data["constituency"],
            effective_on=_on(data["moved_on"]),
            authority=authority,
            by=by,
            at=at,
        )
    if stays := data.get("stays"):
        entry = RegisterEntry.objects.filter(membership__reference=stays, kind=Kind.CEASE, corrections=None).last()
        if entry is not None:
            strike_entry(entry=entry, authority=authority, by=by, at=at)


def _note_presence(
    lines: Iterable[FeedLine], people: dict[int, Person], seen: list[dict[str, Any]], missing: list[FeedLine]
) -> None:
    """Posts as the file tells them; who was missing is counted, who is back is not missing any more."""
    told = [
        (line.person or people.get(line.pk), line.data["posts"])
        for line in lines
        if line.data.get("posts") and line.kind != LineKind.JOIN
    ]
    known = Person.objects.in_bulk([row["person"] for row in seen])
    told += [(known[row["person"]], row["posts"]) for row in seen]
    _note_posts([(person, posts) for person, posts in told if person is not None])
    here = [person.pk for person, _ in told if person is not None and person.missed_feeds]
    Person.objects.filter(pk__in=here).update(missed_feeds=0)
    for line in missing:
        Person.objects.filter(pk=line.person_id).update(missed_feeds=line.data["times"])


def _note_posts(told: list[tuple[Person, list[dict[str, Any]]]]) -> None:
    """Keep each post as told: a person's posts that the file no longer has are dropped."""
    rows = {
        (person.pk, post["number"], post["started_on"]): Assignment(
            person=person, **{name: _on_if_told(post[name]) if name in DATES else post[name] for name in POST_FIELDS}
        )
        for person, posts in told
        for post in posts
    }
    Assignment.objects.filter(person__in={person.pk for person, _ in told}).delete()
    Assignment.objects.bulk_create(rows.values(), batch_size=500)


_on = date.fromisoformat


def _on_if_told(text: str | None) -> date | None:
    return _on(text) if text else None
