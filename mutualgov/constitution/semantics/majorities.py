"""Whether a vote passes: exact shares of a stated base, quorum, turnout, colleges and the second meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mutualgov.core.dates import ComputedDate, Nation, long_date
from mutualgov.core.rulings import Ruling

from ..document.nouns import Body, Decision, Of, Quorum, Rule
from ..document.values import Threshold, fraction_in_words
from .timing import after


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Votes on one motion. An abstention is present, not cast."""

    votes_for: int
    against: int
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.votes_for + self.against

    @property
    def present(self) -> int:
        return self.cast + self.abstained


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a motion went.

    base    what the share is taken of: votes cast, those present, or all in office
    needed  the fewest votes for that carry it
    ruling  which rule decided and, when lost, why in a sentence
    """

    carried: bool
    votes_for: int
    base: int
    needed: int
    ruling: Ruling


def needed_votes(rule: Rule, *, cast: int = 0, present: int = 0, in_office: int = 0) -> int:
    """The fewest votes for that carry a motion.

    Only the base of the rule is looked at; of all counts holders in office, never empty seats.

    >>> from ..document.values import parse_threshold
    >>> needed_votes(Rule(key="remove", passes=parse_threshold(">=3/4"), of=Of.ALL), in_office=15)
    12
    """
    return _passes(rule).needed({Of.CAST: cast, Of.PRESENT: present, Of.ALL: in_office}[rule.of])


def outcome(rule: Rule, tally: Tally, *, entitled: int) -> Outcome:
    """Whether a motion is carried.

    entitled  people who may vote: members on the roll, or holders of voting seats in office
    """
    base = {Of.CAST: tally.cast, Of.PRESENT: tally.present, Of.ALL: entitled}[rule.of]
    needed = _passes(rule).needed(base)
    short = _turnout_short(rule, tally, entitled)
    if short is not None:
        return Outcome(carried=False, votes_for=tally.votes_for, base=base, needed=needed, ruling=short)
    carried = _passes(rule).is_met(part=tally.votes_for, whole=base)
    reason = (
        ""
        if carried
        else f"{needed} votes for were needed, of {_base_in_words(rule, base)}; there were {tally.votes_for}."
    )
    return Outcome(
        carried=carried,
        votes_for=tally.votes_for,
        base=base,
        needed=needed,
        ruling=Ruling(carried, f"rules.{rule.key}.pass", reason),
    )


def turnout_needed(rule: Rule, *, entitled: int) -> int:
    """The fewest votes cast that make the vote count; 0 where the rule sets no turnout."""
    return 0 if rule.turnout is None else _ceiling(rule.turnout * entitled)


def _turnout_short(rule: Rule, tally: Tally, entitled: int) -> Ruling | None:
    needed = turnout_needed(rule, entitled=entitled)
    if tally.cast >= needed:
        return None
    share = fraction_in_words(rule.turnout or Fraction(0))
    reason = f"{needed} of {entitled} ({share}) had to vote; {tally.cast} did."
    return Ruling(False, f"rules.{rule.key}.turnout", reason)


def quorum_needed(quorum: Quorum | None, *, entitled: int) -> int:
    """People who must be present: a number, or the share of those entitled rounded up; 1 where nothing is said."""
    if quorum is None:
        return 1
    if isinstance(quorum, int):
        return quorum
    if isinstance(quorum, Fraction):
        return max(1, _ceiling(quorum * entitled))
    raise ValueError("a quorum by class is asked of each class: use is_quorate")


def is_quorate(
    body: Body, *, present: Mapping[str, int], entitled: Mapping[str, int], quorum: Quorum | None = None
) -> Ruling:
    """Whether enough are present.

    present, entitled  people by class (or under one key where there are no classes)
    quorum             a rule's own quorum, in place of the body's
    """
    wanted = body.quorum if quorum is None else quorum
    rule = f"bodies.{body.key}.quorum"
    if isinstance(wanted, Mapping):
        for group, share in wanted.items():
            needed = quorum_needed(share, entitled=entitled.get(group, 0))
            if present.get(group, 0) < needed:
                here = present.get(group, 0)
                return Ruling(False, rule, f"{needed} of {group.replace('_', ' ')} must be present; {here} are.")
        return Ruling(True, rule)
    needed, here = quorum_needed(wanted, entitled=sum(entitled.values())), sum(present.values())
    reason = "" if here >= needed else f"{needed} must be present; {here} are."
    return Ruling(here >= needed, rule, reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollegeShare:
    """One college's part in a weighted vote. ``given`` is the part of its weight that went for the motion."""

    college: str
    weight: int
    tally: Tally
    given: Fraction
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedOutcome:
    """A vote by colleges: the weight for, the weight counted, and each college's part."""

    carried: bool
    weight_for: Fraction
    weight_counted: int
    colleges: tuple[CollegeShare, ...]
    ruling: Ruling


def college_outcome(rule: Rule, body: Body, tallies: Mapping[str, Tally]) -> WeightedOutcome:
    """Whether a motion is carried by colleges.

    Each college's weight is split by its own votes for and against, or cast whole for its majority where the body
    says ``split: block``. A college where nobody votes leaves the count unless the rule is of all.
    """
    shares = tuple(_college_share(rule, body, college, tallies.get(college, NOBODY)) for college in body.weights)
    counted = sum(share.weight for share in shares if share.counted)
    weight_for = sum((share.given for share in shares), Fraction(0))
    carried = _passes(rule).is_met(part=weight_for, whole=counted)
    percent = fraction_in_words(weight_for / counted) if counted else "none"
    reason = "" if carried else f"{_passes(rule).in_words} of the weighted votes was needed; {percent} were for."
    return WeightedOutcome(
        carried=carried,
        weight_for=weight_for,
        weight_counted=counted,
        colleges=shares,
        ruling=Ruling(carried, f"rules.{rule.key}.pass", reason[:1].upper() + reason[1:]),
    )


NOBODY = Tally(votes_for=0, against=0)


def _college_share(rule: Rule, body: Body, college: str, tally: Tally) -> CollegeShare:
    weight = body.weights[college]
    if not tally.cast:
        given = Fraction(0)
    elif body.split == "block":
        given = Fraction(weight if tally.votes_for > tally.against else 0)
    else:
        given = Fraction(weight * tally.votes_for, tally.cast)
    counted = bool(tally.cast) or rule.of is Of.ALL
    return CollegeShare(college=college, weight=weight, tally=tally, given=given, counted=counted)


def confirm_window(rule: Rule, *, first_on: date, nation: Nation) -> tuple[ComputedDate, ComputedDate]:
    """The first and last day on which the second meeting may be held."""
    if rule.confirm is None:
        raise ValueError(f"rules.{rule.key} takes one meeting")
    return (
        after(first_on, rule.confirm.after, nation=nation),
        after(first_on, rule.confirm.within, nation=nation),
    )


def may_confirm(rule: Rule, *, first_on: date, second_on: date, nation: Nation) -> Ruling:
    """Whether a second meeting on a date may confirm what the first decided (CCBSA 2014 ss.111 and 113)."""
    earliest, latest = confirm_window(rule, first_on=first_on, nation=nation)
    key = f"rules.{rule.key}.confirm"
    window = f"from {long_date(earliest.on)} to {long_date(latest.on)}"
    if second_on < earliest.on:
        return Ruling(False, f"{key}.after", f"The second meeting is too early: it may be held {window}.")
    if second_on > latest.on:
        return Ruling(False, f"{key}.within", f"The second meeting is too late: it could be held {window}.")
    return Ruling(True, key)


def confirmed(rule: Rule, tally: Tally, *, entitled: int) -> Outcome:
    """Whether the second meeting confirms."""
    if rule.confirm is None:
        raise ValueError(f"rules.{rule.key} takes one meeting")
    second = Rule(key=f"{rule.key}.confirm", passes=rule.confirm.passes, of=rule.confirm.of)
    return outcome(second, tally, entitled=entitled)


@dataclass(frozen=True, slots=True)
class Course:
    """Where a decision of several steps stands.

    state      ``waiting``, ``in_effect``, ``carried``, ``lost`` or ``lapsed``
    next_step  index of the step to take; None when there is none
    """

    state: str
    next_step: int | None = None


def course(decision: Decision, results: Sequence[bool | None]) -> Course:
    """Where a decision stands after the steps taken so far.

    results  for each step in order: carried, lost, or None where its ``when`` does not apply; may be shorter

    A step with ``else: lapses`` comes after the decision has taken effect; losing it undoes the decision from then on.
    """
    in_effect = False
    for index, step in enumerate(decision.steps):
        if step.otherwise == "lapses":
            in_effect = True
        if index >= len(results):
            return Course("in_effect" if in_effect else "waiting", index)
        if results[index] is False:
            return Course("lapsed" if in_effect else "lost")
    return Course("carried")


def _passes(rule: Rule) -> Threshold:
    if rule.passes is None:
        raise ValueError(f"rules.{rule.key} chooses by {rule.method}; it does not pass or fall")
    return rule.passes


def _ceiling(exact: Fraction) -> int:
    return -(-exact.numerator // exact.denominator)


def _base_in_words(rule: Rule, base: int) -> str:
    return {Of.CAST: f"{base} cast", Of.PRESENT: f"{base} present", Of.ALL: f"all {base} who may vote"}[rule.of]
