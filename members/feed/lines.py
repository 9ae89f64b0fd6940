"""One proposal of a batch, and what all proposals are made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..eligibility import Place
from .matching import Known, KnownMembership
from .people import Post, Staff


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal, before it is stored. ``kind`` is a LineKind's value."""

    kind: str
    sentence: str
    row: int | None = None
    person: int | None = None
    rule: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a comparison needs besides the people.

    on             the day the batch takes effect
    place          where the constitution puts a person on a date
    feed_classes   classes that the staff feed fills
    mark           keyed hash of a National Insurance number
    care_of        service address of somebody new, by organisation
    called         what members call a constituency
    answers        what was decided, by question
    people_before  people in the last file that was approved; 0 before the first
    """

    on: date
    place: Callable[[Staff, date], Place]
    feed_classes: frozenset[str]
    mark: Callable[[str], str]
    care_of: Callable[[str], str]
    called: Callable[[str], str]
    answers: Mapping[str, str] = field(default_factory=dict)
    people_before: int = 0


SAME_OR_NEW = (("same", "Yes, the same person"), ("new", "No, somebody else"))


def question(
    topic: str, staff: Staff, rule: str, sentence: str, known: Known, answers: Sequence[tuple[str, str]]
) -> Line:
    data = {"question": f"{topic} {staff.employee_number}", "answers": [list(answer) for answer in answers]}
    return Line("conflict", sentence, row=staff.row, person=known.pk, rule=rule, data=data)


def held(known: Known, terms: Terms) -> KnownMembership | None:
    """The membership that the feed looks after and that goes on."""
    held = (m for m in known.memberships if m.class_key in terms.feed_classes and m.goes_on(terms.on))
    return next(held, None)


def outside(staff: Staff, known: Known | None, why: str, rule: str) -> Line:
    return Line(
        "outside", f"{staff.name} {why.rstrip('.')}.", row=staff.row, person=known.pk if known else None, rule=rule
    )


def person_data(staff: Staff, terms: Terms) -> dict[str, str | None]:
    return {
        "given_name": staff.given_name,
        "family_name": staff.family_name,
        "title": staff.title,
        "known_as": staff.known_as,
        "born_on": staff.born_on.isoformat() if staff.born_on else None,
        "email": staff.email,
        "address": staff.address,
        "postcode": staff.postcode,
        "service_address": terms.care_of(staff.main_post.organisation),
        "employee_number": staff.employee_number,
        "insurance_mark": terms.mark(staff.insurance_number) if staff.insurance_number else "",
    }


def post_data(post: Post) -> dict[str, Any]:
    """A post as JSON: dates in ISO."""
    values = {name: getattr(post, name) for name in Post.__dataclass_fields__}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
