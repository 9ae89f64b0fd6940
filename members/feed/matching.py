"""Who is who: people of the file against people the mutual knows. Nobody is merged on a guess."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from . import values
from .people import Post, Staff


@dataclass(frozen=True, slots=True)
class KnownMembership:
    """A membership as the register now has it to its end."""

    reference: str
    class_key: str
    joined_on: date
    ceased_on: date | None
    constituency_key: str

    def goes_on(self, on: date) -> bool:
        """Not ended by a date; it may begin later."""
        return self.ceased_on is None or self.ceased_on > on


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the mutual knows, as far as a feed may ask."""

    pk: int
    reference: str
    given_name: str
    family_name: str
    employee_number: str = ""
    born_on: date | None = None
    insurance_mark: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    known_as: str = ""
    missed_feeds: int = 0
    memberships: tuple[KnownMembership, ...] = ()
    due: Mapping[str, bool] = field(default_factory=dict)  # class → whether only invited
    opted_out: frozenset[str] = frozenset()
    posts: frozenset[Post] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a person of the file is taken for.

    known     None: somebody new, or nobody until the question is answered
    question  empty where it is certain; else the rule that made it doubtful
    sentence  the question, or what is worth saying of a certain match
    """

    known: Known | None
    question: str = ""
    sentence: str = ""


class Index:
    """People the mutual knows, by what recognises them."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.all = list(known)
        self.by_number = {values.same_number(k.employee_number): k for k in self.all if k.employee_number}
        self.by_mark = {k.insurance_mark: k for k in self.all if k.insurance_mark}
        self.by_likeness = {like: k for k in self.all if (like := likeness(k.born_on, k.family_name, k.postcode))}

    def match(self, staff: Staff, mark: str) -> Match:
        """The person of the file among those known.

        mark  keyed hash of the National Insurance number, empty without one
        """
        numbered = self.by_number.get(values.same_number(staff.employee_number))
        marked = self.by_mark.get(mark) if mark else None
        if numbered is not None:
            if numbered is marked or _agree(staff, numbered):
                return Match(numbered, sentence=_lost_noughts(staff, numbered))
            return Match(
                numbered,
                "number issued again",
                f"Employee number {staff.employee_number} is {numbered.name}'s in our records, "
                f"but {staff.name} has another name or date of birth. Is it the same person?",
            )
        if marked is not None:
            if not (staff.born_on and marked.born_on and staff.born_on != marked.born_on):
                return Match(marked, sentence=f"{staff.name} has a new employee number, {staff.employee_number}.")
            return Match(
                marked,
                "same National Insurance number",
                f"{staff.name} has the National Insurance number of {marked.name}, but another date of birth. "
                "Is it the same person?",
            )
        like = likeness(staff.born_on, staff.family_name, staff.postcode)
        alike = self.by_likeness.get(like) if like else None
        if alike is not None:
            return Match(
                alike,
                "looks like somebody known",
                f"{staff.name} has the surname, date of birth and postcode of {alike.name} ({alike.reference}). "
                "Is it the same person?",
            )
        return Match(None)


def likeness(born_on: date | None, family_name: str, postcode: str) -> tuple[date, str, str] | None:
    if not born_on or not postcode:
        return None
    return born_on, values.same_name(family_name), values.same_postcode(postcode)


def _agree(staff: Staff, known: Known) -> bool:
    """Whether two records under one number are plainly of one person."""
    surname = values.same_name(known.family_name) in {
        values.same_name(staff.family_name),
        values.same_name(staff.previous_family_name),
    }
    given = values.same_name(staff.given_name) == values.same_name(known.given_name)
    if staff.born_on and known.born_on:
        return staff.born_on == known.born_on and (surname or given)
    return surname and given


def _lost_noughts(staff: Staff, known: Known) -> str:
    if staff.employee_number == known.employee_number:
        return ""
    return (
        f"{staff.name}: the file says {staff.employee_number}, our records {known.employee_number}. "
        "A spreadsheet has dropped the noughts in front; ours is kept."
    )
