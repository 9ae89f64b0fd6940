"""Who may stand, what a form must hold, and on which grounds alone it may be rejected; plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mutualgov.core.rulings import Ruling

from .lifecycle import when

MOST_WORDS = 250


class Ground(StrEnum):
    """The only grounds on which a nomination may be rejected (NHS Model Election Rules 2014, nomination papers)."""

    LATE = "late"
    PARTICULARS = "particulars"
    INTERESTS = "interests"
    ELIGIBILITY = "eligibility"
    SIGNATURE = "signature"

    @property
    def label(self) -> str:
        return {
            Ground.LATE: "It came after nominations had closed",
            Ground.PARTICULARS: "It lacks the candidate’s name or address",
            Ground.INTERESTS: "It lacks the declaration of interests",
            Ground.ELIGIBILITY: "It lacks the declaration that the candidate may stand",
            Ground.SIGNATURE: "It is not signed and dated",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationForm:
    """What a candidate has written.

    interests          the declaration of interests in words; empty with ``no_interests`` for "none"
    declares_eligible  that neither the law nor the constitution bars the candidate
    signed             that the candidate confirms all of it, with a date
    statement          for voters to read; at most 250 words
    """

    name: str
    address: str = ""
    interests: str = ""
    no_interests: bool = False
    declares_eligible: bool = False
    signed: bool = False
    statement: str = ""


def words(statement: str) -> int:
    """How many words a statement has, as people count: what stands between spaces.

    >>> words("  I will  listen. ")
    3
    """
    return len(statement.split())


def statement_fits(statement: str) -> Ruling:
    count = words(statement)
    reason = f"The statement has {count} words; {MOST_WORDS} are allowed. Shorten it by {count - MOST_WORDS}."
    return Ruling(count <= MOST_WORDS, "voting.statement", "" if count <= MOST_WORDS else reason)


def lawful_grounds(form: NominationForm, *, received_at: datetime, closed_at: datetime) -> tuple[Ground, ...]:
    """Every ground on which this form may be rejected; none where it must be accepted.

    Source: NHS Model Election Rules 2014, which let the returning officer reject a nomination paper only for these.
    """
    faults = {
        Ground.LATE: received_at > closed_at,
        Ground.PARTICULARS: not (form.name.strip() and form.address.strip()),
        Ground.INTERESTS: not (form.no_interests or form.interests.strip()),
        Ground.ELIGIBILITY: not form.declares_eligible,
        Ground.SIGNATURE: not form.signed,
    }
    return tuple(ground for ground, at_fault in faults.items() if at_fault)


def may_decide(*, accept: bool, named: Collection[Ground], true: Collection[Ground]) -> Ruling:
    """Whether the returning officer may decide so: reject only on a ground that is true, accept only without one."""
    rule = "voting.nomination_grounds"
    if accept and true:
        return Ruling(False, rule, f"This nomination cannot be accepted. {next(iter(true)).label}.")
    if not accept and not named:
        return Ruling(False, rule, "Name the ground on which the nomination is rejected.")
    untrue = [ground for ground in named if ground not in true]
    if untrue:
        return Ruling(False, rule, f"The ground “{untrue[0].label.lower()}” does not hold for this nomination.")
    return Ruling(True, rule)


def may_stand(
    *, is_eligible: bool, is_returning_officer: bool, already_standing: bool, eligible_name: str, rule: str
) -> Ruling:
    """Whether a member may be a candidate, as far as the register and the roles can say."""
    if is_returning_officer:
        return Ruling(
            False,
            "voting.returning_officer",
            "A returning officer cannot be a candidate. Ask the secretary to give that role to somebody else first.",
        )
    if not is_eligible:
        return Ruling(False, rule, f"Candidates must belong to {eligible_name}; this member does not on that day.")
    if already_standing:
        return Ruling(False, "voting.one_nomination", "This member has a nomination in this election already.")
    return Ruling(True, rule)


def may_officiate(*, is_candidate: bool) -> Ruling:
    """Whether somebody may run an election: nobody who stands in it."""
    reason = "You stand in this election, so somebody else must run it."
    return Ruling(not is_candidate, "voting.returning_officer", reason if is_candidate else "")


def late_in_words(received_at: datetime, closed_at: datetime) -> str:
    return f"It came on {when(received_at)}; nominations closed on {when(closed_at)}."
