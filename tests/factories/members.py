"""The plainest valid people and members. A test says what matters; nothing here is random."""

from datetime import date, datetime
from typing import Any

from members.actions import Admission, add_person, admit_many, admit_member
from members.models import Membership, Person
from mutualgov.constitution.document.nouns import Wanted, Where
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook
from tests.conftest import NOON, TODAY


def make_person(name: str = "Ann Member", *, by: Any = "tests", at: datetime = NOON, **fields: Any) -> Person:
    """Somebody born on 1 January 1980, known by "Given Family"."""
    given, _, family = name.partition(" ")
    fields.setdefault("born_on", date(1980, 1, 1))
    return add_person(given_name=given, family_name=family, by=by, at=at, **fields)


def make_member(
    name: str = "Ann Member",
    *,
    class_key: str = "staff",
    constituency_key: str | None = None,
    on: date = TODAY,
    at: datetime = NOON,
    **fields: Any,
) -> Membership:
    """Somebody who meets what the constitution asks, admitted on a date, today unless told.

    The constituency is the first of the class unless told.
    """
    book = rulebook_in_force(on=on)
    part = first_constituency(book, class_key) if constituency_key is None else constituency_key
    fields.setdefault("facts", facts_for(book, class_key, part))
    return admit_member(
        person=make_person(name, at=at, **fields),
        class_key=class_key,
        constituency_key=part,
        effective_on=on,
        authority="tests",
        by="tests",
        at=at,
    )


def make_members(
    n: int, *, class_key: str = "staff", constituency_key: str | None = None, on: date = TODAY, at: datetime = NOON
) -> list[Membership]:
    """Member Number1, Member Number2, … admitted on a date in one act."""
    book = rulebook_in_force(on=on)
    part = first_constituency(book, class_key) if constituency_key is None else constituency_key
    facts = facts_for(book, class_key, part)
    return admit_many(
        admissions=[
            Admission(
                person=make_person(f"Member Number{i}", at=at, facts=facts),
                class_key=class_key,
                constituency_key=part,
                effective_on=on,
            )
            for i in range(1, n + 1)
        ],
        authority="tests",
        by="tests",
        at=at,
    )


def first_constituency(book: Rulebook, class_key: str) -> str:
    return next((part.key for part in book.constituencies.values() if part.of == class_key), "")


def facts_for(book: Rulebook, class_key: str, constituency_key: str = "") -> dict[str, Any]:
    """Noted facts that meet a class and a constituency: the first alternative of each."""
    facts = _meeting(book.classes[class_key].where)
    if constituency_key:
        facts |= _meeting(book.constituencies[constituency_key].where)
    return facts


def _meeting(where: Where) -> dict[str, Any]:
    if not where.alternatives:
        return {}
    return {name.removesuffix("_within"): _value(wanted) for name, wanted in where.alternatives[0].items()}


def _value(wanted: Wanted) -> Any:
    if isinstance(wanted, bool | str | int):
        return wanted
    if isinstance(wanted, tuple):
        return wanted[0]
    return "2020-01-01"  # a length: long enough ago
