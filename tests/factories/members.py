"""The plainest valid people and members. A test says what matters; nothing here is random."""

from datetime import date, datetime
from typing import Any

from members.actions import Admission, add_person, admit_many, admit_member
from members.models import Membership, Person
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
    constituency_key: str = "",
    on: date = TODAY,
    at: datetime = NOON,
    **fields: Any,
) -> Membership:
    """Somebody admitted on a date, today unless told."""
    return admit_member(
        person=make_person(name, at=at, **fields),
        class_key=class_key,
        constituency_key=constituency_key,
        effective_on=on,
        authority="tests",
        by="tests",
        at=at,
    )


def make_members(
    n: int, *, class_key: str = "staff", constituency_key: str = "", on: date = TODAY, at: datetime = NOON
) -> list[Membership]:
    """Member Number1, Member Number2, … admitted on a date in one act."""
    return admit_many(
        admissions=[
            Admission(
                person=make_person(f"Member Number{i}", at=at),
                class_key=class_key,
                constituency_key=constituency_key,
                effective_on=on,
            )
            for i in range(1, n + 1)
        ],
        authority="tests",
        by="tests",
        at=at,
    )
