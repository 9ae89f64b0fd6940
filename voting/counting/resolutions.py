"""Whether a motion is carried: exact fractions, every denominator, and a sentence that says why.

| | |
|---|---|
| Source | ordinary and special resolutions: Companies Act 2006 ss.282 and 283; registered societies: Co-operative and Community Benefit Societies Act 2014 ss.111 and 113; councils of governors: National Health Service Act 2006 ss.37, 56, 56A and Sch. 7 para 17 |
| Known departures | none. A vote is for or against; abstentions and spoilt papers are not votes cast |
| Checked against | the worked cases in ``tests/counting/test_resolutions.py`` |

Quorum is looked at first, then turnout, then the majority; an outcome reports all that were asked for.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from mutualgov.core.dates import months_after
from voting.counting.values import CountRefused, listed


class Of(Enum):
    """What a majority is measured against."""

    CAST = "votes cast"
    PRESENT = "those present"
    IN_OFFICE = "all in office"
    ELIGIBLE = "all eligible"


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on one motion. ``present`` may be left out where everyone present voted or abstained."""

    votes_for: int
    against: int
    abstained: int = 0
    spoilt: int = 0
    present: int | None = None
    in_office: int | None = None
    eligible: int | None = None

    def __post_init__(self) -> None:
        returned = self.cast + self.abstained + self.spoilt
        if min(self.votes_for, self.against, self.abstained, self.spoilt) < 0:
            raise CountRefused("A number of votes cannot be less than 0.")
        for most, who in ((self.present, "present"), (self.in_office, "in office"), (self.eligible, "eligible")):
            if most is not None and returned > most:
                raise CountRefused(f"{returned} votes were returned, but only {most} are {who}.")

    @property
    def cast(self) -> int:
        return self.votes_for + self.against

    @property
    def there(self) -> int:
        """Those present, by count or by their votes."""
        return self.cast + self.abstained + self.spoilt if self.present is None else self.present

    def measure(self, of: Of) -> int:
        figure = {
            Of.CAST: self.cast,
            Of.PRESENT: self.there,
            Of.IN_OFFICE: self.in_office,
            Of.ELIGIBLE: self.eligible,
        }[of]
        if figure is None:
            raise CountRefused(f"The rule asks for a share of {of.value}, and that number is not given.")
        return figure


@dataclass(frozen=True, slots=True)
class Majority:
    """A fraction of something; ``strict`` means more than it, otherwise at least it."""

    fraction: Fraction
    of: Of = Of.CAST
    strict: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.fraction <= 1 or (self.strict and self.fraction == 1):
            raise CountRefused(f"No vote can be {self}.")

    def met_by(self, count: Fraction | int, denominator: Fraction | int) -> bool:
        share = self.fraction * denominator
        return denominator > 0 and (count > share if self.strict else count >= share)

    def needed(self, denominator: int) -> int:
        """The fewest votes that are enough; never 0."""
        share = self.fraction * denominator
        least = share.numerator // share.denominator + 1 if self.strict else -(-share.numerator // share.denominator)
        return max(1, least)

    def __str__(self) -> str:
        return f"{'more than' if self.strict else 'at least'} {self.fraction} of {self.of.value}"


SIMPLE = Majority(Fraction(1, 2), strict=True)
SPECIAL = Majority(Fraction(3, 4))


@dataclass(frozen=True, slots=True)
class Turnout:
    """A share of all eligible who must vote. ``abstentions`` False where the text says "vote on the resolution"."""

    at_least: Fraction
    abstentions: bool = True


@dataclass(frozen=True, slots=True)
class Quorum:
    """Who must be there: a number of people, or a share of all eligible."""

    at_least: int | Fraction


@dataclass(frozen=True, slots=True)
class Test:
    """One question a motion had to pass, and the sentence that answers it."""

    name: str
    met: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a motion.

    count, denominator  the votes for, and what they are measured against; percentages of weight for colleges
    needed              the fewest votes for that would have been enough
    turnout             those who voted out of all eligible, where that is known
    tests               quorum, turnout and majority, as far as they were asked for
    """

    carried: bool
    count: Fraction
    denominator: Fraction
    needed: Fraction
    reason: str
    tests: tuple[Test, ...]
    turnout: Fraction | None = None


def decide(
    tally: Tally,
    *,
    majority: Majority = SIMPLE,
    quorum: Quorum | None = None,
    turnout: Turnout | None = None,
    casting_vote: bool | None = None,
) -> Outcome:
    """Whether one electorate carries a motion.

    casting_vote  how the chair breaks an equal vote, where the rules give the chair that vote; None if they do not

    >>> decide(Tally(15, 5, abstained=3), majority=SPECIAL).reason
    'Carried: 15 of 20 votes cast are for; 15 are needed (at least 3/4).'
    """
    denominator = tally.measure(majority.of)
    needed = majority.needed(denominator)
    tests = [test for test in (_quorum(tally, quorum), _turnout(tally, turnout)) if test]
    tests.append(_majority(tally, majority, denominator, needed, casting_vote))
    return Outcome(
        carried=all(test.met for test in tests),
        count=Fraction(tally.votes_for),
        denominator=Fraction(denominator),
        needed=Fraction(needed),
        reason=_verdict(tests),
        tests=tuple(tests),
        turnout=Fraction(tally.cast + tally.abstained, tally.eligible) if tally.eligible else None,
    )


def _verdict(tests: Sequence[Test]) -> str:
    failed = [test.reason for test in tests if not test.met]
    return f"Lost: {' '.join(failed)}" if failed else f"Carried: {tests[-1].reason}"


def _majority(tally: Tally, majority: Majority, denominator: int, needed: int, casting_vote: bool | None) -> Test:
    met = majority.met_by(tally.votes_for, denominator)
    reason = f"{tally.votes_for} of {denominator} {majority.of.value} are for; {needed} are needed"
    reason += f" ({'more than' if majority.strict else 'at least'} {majority.fraction})."
    equal = majority == SIMPLE and tally.votes_for == tally.against and tally.cast > 0
    if equal and casting_vote is not None:
        return Test("majority", casting_vote, f"{reason} The chair's casting vote is {_side(casting_vote)}.")
    return Test("majority", met, reason)


def _side(vote_for: bool) -> str:
    return "for" if vote_for else "against"


def _quorum(tally: Tally, quorum: Quorum | None) -> Test | None:
    if quorum is None:
        return None
    needed = quorum.at_least
    if isinstance(needed, Fraction):
        needed = Majority(needed, Of.ELIGIBLE).needed(tally.measure(Of.ELIGIBLE))
    return Test("quorum", tally.there >= needed, f"{tally.there} are present; the quorum is {needed}.")


def _turnout(tally: Tally, turnout: Turnout | None) -> Test | None:
    if turnout is None:
        return None
    eligible = tally.measure(Of.ELIGIBLE)
    voted = tally.cast + (tally.abstained if turnout.abstentions else 0)
    needed = Majority(turnout.at_least, Of.ELIGIBLE).needed(eligible)
    reason = f"{voted} of {eligible} eligible voted; {needed} must vote ({turnout.at_least})."
    return Test("turnout", voted >= needed, reason)


# --- Two meetings ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """When a second meeting may confirm what a first one passed."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A decision of two meetings. ``in_time`` False means the second meeting could not confirm anything."""

    carried: bool
    in_time: bool
    window: Window
    reason: str


def confirmation_window(first_on: date, *, after_days: int, within_months: int) -> Window:
    """From ``after_days`` days after the first meeting until ``within_months`` months after it, both days included.

    Source: CCBSA 2014 s.113: not less than 14 days and not more than one month later.
    """
    return Window(date.fromordinal(first_on.toordinal() + after_days), months_after(first_on, within_months).on)


def confirm(
    first: Outcome, *, first_on: date, second: Outcome, second_on: date, after_days: int = 14, within_months: int = 1
) -> Confirmation:
    """Whether two meetings together carry a motion."""
    window = confirmation_window(first_on, after_days=after_days, within_months=within_months)
    in_time = window.first_day <= second_on <= window.last_day
    if not first.carried:
        return Confirmation(False, in_time, window, f"The first meeting did not pass it. {first.reason}")
    if not in_time:
        when = "too early" if second_on < window.first_day else "too late"
        reason = f"The second meeting on {second_on:%-d %B %Y} is {when}: it can confirm from "
        reason += f"{window.first_day:%-d %B} to {window.last_day:%-d %B %Y}."
        return Confirmation(False, False, window, reason)
    words = "Confirmed" if second.carried else "Not confirmed"
    return Confirmation(second.carried, True, window, f"{words} by the second meeting. {second.reason}")


def together(outcomes: Sequence[tuple[str, Outcome]]) -> Outcome:
    """A decision that several bodies must each carry; the figures are those of the last."""
    tests = tuple(Test(name, outcome.carried, f"{name}: {outcome.reason}") for name, outcome in outcomes)
    last = outcomes[-1][1]
    return Outcome(
        all(test.met for test in tests), last.count, last.denominator, last.needed, _verdict(tests), tests, last.turnout
    )


# --- Weighted colleges ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class College:
    """A group of voters whose votes together weigh ``weight`` hundredths of the whole.

    block  True casts the whole weight one way, by the college's own simple majority; False splits it as its votes fell
    """

    name: str
    weight: Fraction | int
    tally: Tally
    block: bool = False

    def weight_for(self, of: Of) -> Fraction:
        if self.block:
            return Fraction(self.weight) if self.tally.votes_for > self.tally.against else Fraction(0)
        measure = self.tally.measure(of)
        return Fraction(self.weight) * self.tally.votes_for / measure if measure else Fraction(0)

    def counts(self, of: Of) -> bool:
        """A college in which nobody votes leaves the reckoning, unless it is of all."""
        return self.tally.cast > 0 or of in (Of.IN_OFFICE, Of.ELIGIBLE)


def decide_by_colleges(colleges: Sequence[College], *, majority: Majority = SIMPLE) -> Outcome:
    """Whether colleges of different weight together carry a motion."""
    if len({college.name for college in colleges}) < len(colleges):
        raise CountRefused(f"A college is given twice: {listed(college.name for college in colleges)}.")
    voting = [college for college in colleges if college.counts(majority.of)]
    whole = sum((Fraction(college.weight) for college in voting), Fraction(0))
    in_favour = sum((college.weight_for(majority.of) for college in voting), Fraction(0))
    parts = [f"{college.name} {decimal(college.weight_for(majority.of))}" for college in voting]
    needed = majority.fraction * whole
    reason = f"{' + '.join(parts) or 0} = {decimal(in_favour)} of {decimal(whole)} by weight are for; "
    reason += f"{'more than' if majority.strict else 'at least'} {decimal(needed)} is needed ({majority.fraction})."
    test = Test("majority", majority.met_by(in_favour, whole), reason)
    return Outcome(test.met, in_favour, whole, needed, _verdict([test]), (test,))


def decimal(number: Fraction | int) -> str:
    """An exact number for reading: as a decimal if it ends, otherwise to two places with a mark that it goes on.

    >>> decimal(Fraction(5, 2)), decimal(Fraction(20, 3))
    ('2.5', '6.66…')
    """
    number = Fraction(number)
    if number.denominator == 1:
        return str(number.numerator)
    hundredths, rest = divmod(number.numerator * 100, number.denominator)
    text = f"{hundredths // 100}.{hundredths % 100:02d}"
    return f"{text}…" if rest else text.rstrip("0")
