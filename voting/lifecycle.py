"""The stages of an election, what may be done in each, and what stands in the way; plain values, no clock.

Only the actions move a stage. ``obstacles_to_…`` return every obstacle: the page prints them, the action refuses on
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from mutualgov.core.clock import UK, uk_date

#: How long after the close a vote that was marked before it may still arrive.
GRACE = timedelta(minutes=10)


class Stage(StrEnum):
    DRAFT = "draft"
    NOTICE_GIVEN = "notice_given"
    NOMINATIONS_CLOSED = "nominations_closed"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    DECLARED = "declared"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        return {
            Stage.DRAFT: "Draft",
            Stage.NOTICE_GIVEN: "Open for nominations",
            Stage.NOMINATIONS_CLOSED: "Nominations closed",
            Stage.OPEN: "Voting open",
            Stage.CLOSED: "Voting closed",
            Stage.COUNTED: "Counted, not yet declared",
            Stage.DECLARED: "Declared",
            Stage.ABANDONED: "Abandoned",
        }[self]


MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.NOTICE_GIVEN, Stage.ABANDONED}),
    Stage.NOTICE_GIVEN: frozenset({Stage.NOMINATIONS_CLOSED, Stage.ABANDONED}),
    Stage.NOMINATIONS_CLOSED: frozenset({Stage.OPEN, Stage.DECLARED, Stage.ABANDONED}),
    Stage.OPEN: frozenset({Stage.CLOSED, Stage.ABANDONED}),
    Stage.CLOSED: frozenset({Stage.COUNTED, Stage.ABANDONED}),
    Stage.COUNTED: frozenset({Stage.DECLARED, Stage.ABANDONED}),
    Stage.DECLARED: frozenset(),
    Stage.ABANDONED: frozenset(),
}


class Verb(StrEnum):
    """Everything that can be done to an election that has been called."""

    CHANGE_DATE = "change_date"
    GIVE_NOTICE = "give_notice"
    NOMINATE = "nominate"
    DECIDE_NOMINATION = "decide_nomination"
    WITHDRAW_NOMINATION = "withdraw_nomination"
    CLOSE_NOMINATIONS = "close_nominations"
    FREEZE_ROLL = "freeze_roll"
    OPEN_POLL = "open_poll"
    CAST_VOTE = "cast_vote"
    MARK_PAPER_RETURNS = "mark_paper_returns"
    CLOSE_POLL = "close_poll"
    KEY_PAPER_BATCH = "key_paper_batch"
    CONFIRM_PAPER_BATCH = "confirm_paper_batch"
    DISCARD_PAPER_BATCH = "discard_paper_batch"
    COUNT_VOTES = "count_votes"
    RECORD_LOT = "record_lot"
    DECLARE_RESULT = "declare_result"
    ABANDON = "abandon"


#: In which stages each verb is open; every other pair of stage and verb is refused.
WHEN: Mapping[Verb, frozenset[Stage]] = {
    Verb.CHANGE_DATE: frozenset({Stage.DRAFT, Stage.NOTICE_GIVEN, Stage.NOMINATIONS_CLOSED, Stage.OPEN}),
    Verb.GIVE_NOTICE: frozenset({Stage.DRAFT}),
    Verb.NOMINATE: frozenset({Stage.NOTICE_GIVEN}),
    Verb.DECIDE_NOMINATION: frozenset({Stage.NOTICE_GIVEN}),
    Verb.WITHDRAW_NOMINATION: frozenset({Stage.NOTICE_GIVEN}),
    Verb.CLOSE_NOMINATIONS: frozenset({Stage.NOTICE_GIVEN}),
    Verb.FREEZE_ROLL: frozenset({Stage.NOTICE_GIVEN, Stage.NOMINATIONS_CLOSED}),
    Verb.OPEN_POLL: frozenset({Stage.NOMINATIONS_CLOSED}),
    Verb.CAST_VOTE: frozenset({Stage.OPEN}),
    Verb.MARK_PAPER_RETURNS: frozenset({Stage.OPEN, Stage.CLOSED}),
    Verb.CLOSE_POLL: frozenset({Stage.OPEN}),
    Verb.KEY_PAPER_BATCH: frozenset({Stage.CLOSED}),
    Verb.CONFIRM_PAPER_BATCH: frozenset({Stage.CLOSED}),
    Verb.DISCARD_PAPER_BATCH: frozenset({Stage.CLOSED}),
    Verb.COUNT_VOTES: frozenset({Stage.CLOSED}),
    Verb.RECORD_LOT: frozenset({Stage.CLOSED}),
    Verb.DECLARE_RESULT: frozenset({Stage.NOMINATIONS_CLOSED, Stage.COUNTED}),
    Verb.ABANDON: frozenset(Stage) - {Stage.DECLARED, Stage.ABANDONED},
}


class Step(StrEnum):
    """The dates of an election, in the order in which they fall."""

    NOTICE = "notice"
    NOMINATIONS = "nominations"
    STATEMENT = "statement"
    WITHDRAWALS = "withdrawals"
    POLL = "poll"
    CLOSE = "close"
    DECLARE = "declare"

    @property
    def label(self) -> str:
        return {
            Step.NOTICE: "Notice of election, no later than",
            Step.NOMINATIONS: "Nominations close",
            Step.STATEMENT: "List of nominees published, by",
            Step.WITHDRAWALS: "Last moment to withdraw",
            Step.POLL: "Voting opens",
            Step.CLOSE: "Voting closes",
            Step.DECLARE: "Result declared, by",
        }[self]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way.

    text   a sentence for a person
    rule   the rule it rests on
    step   the date that it waits for, where the returning officer may bring that date forward; else None
    """

    text: str
    rule: str = ""
    step: Step | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionFacts:
    """Everything the obstacles are judged on, read once.

    roll               voters on the frozen roll; None before it is frozen
    paper_marks        voters marked as having returned a paper
    papers_entered     papers in confirmed batches
    batches_waiting    references of batches that wait for their second copy
    marks              all voters marked
    ballots            papers in the ballot box; known after the close only
    papers_explained   whether the returning officer has said why papers are missing
    tie                whether the last count stopped for a lot
    """

    stage: Stage
    seats: int
    dates: Mapping[Step, datetime] = field(default_factory=dict)
    record_on: date | None = None
    rule: str = ""
    terms_still_in_force: bool = True
    has_returning_officer: bool = True
    undecided: int = 0
    candidates: int = 0
    roll: int | None = None
    paper_marks: int = 0
    papers_entered: int = 0
    batches_waiting: tuple[str, ...] = ()
    marks: int = 0
    ballots: int = 0
    papers_explained: bool = False
    tie: bool = False

    @property
    def contested(self) -> bool:
        return self.candidates > self.seats


def obstacles_to(verb: Verb, facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    """Everything that stands in the way of a verb: its stage first, and then its own conditions."""
    if facts.stage not in WHEN[verb]:
        return [_wrong_stage(verb, facts.stage)]
    own = {
        Verb.GIVE_NOTICE: obstacles_to_notice,
        Verb.NOMINATE: obstacles_to_nominating,
        Verb.WITHDRAW_NOMINATION: obstacles_to_withdrawing,
        Verb.CLOSE_NOMINATIONS: obstacles_to_closing_nominations,
        Verb.FREEZE_ROLL: obstacles_to_freezing,
        Verb.OPEN_POLL: obstacles_to_opening,
        Verb.CAST_VOTE: obstacles_to_casting,
        Verb.CLOSE_POLL: obstacles_to_closing,
        Verb.KEY_PAPER_BATCH: obstacles_to_keying,
        Verb.COUNT_VOTES: obstacles_to_counting,
        Verb.RECORD_LOT: obstacles_to_a_lot,
        Verb.DECLARE_RESULT: obstacles_to_declaring,
    }.get(verb)
    return own(facts, at=at) if own else []


def obstacles_to_notice(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    found = []
    if not facts.has_returning_officer:
        found.append(
            Obstacle("Nobody is returning officer today. Give somebody that role first, on the page of roles.")
        )
    if not facts.terms_still_in_force:
        found.append(
            Obstacle(
                "The constitution has changed since this draft was made. Abandon the draft and call it again.",
                facts.rule,
            )
        )
    if at > facts.dates[Step.NOTICE]:
        found.append(
            Obstacle(
                f"Notice had to be given by {when(facts.dates[Step.NOTICE])}. Choose a later close of voting, or have "
                "the returning officer set another date for the notice and say why.",
                facts.rule,
                Step.NOTICE,
            )
        )
    return found


def obstacles_to_nominating(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    closed = facts.dates[Step.NOMINATIONS]
    return [Obstacle(f"Nominations closed on {when(closed)}.", facts.rule)] if at > closed else []


def obstacles_to_withdrawing(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    last = facts.dates[Step.WITHDRAWALS]
    return [Obstacle(f"The last moment to withdraw was {when(last)}.", facts.rule)] if at > last else []


def obstacles_to_closing_nominations(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    found = _too_early(facts, Step.WITHDRAWALS, at, "Candidates may withdraw until {}.")
    if facts.undecided:
        found.append(Obstacle(f"{_number(facts.undecided, 'nomination')} still to be decided.", facts.rule))
    return found


def obstacles_to_freezing(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    found = []
    if facts.roll is not None:
        found.append(Obstacle(f"The roll is frozen already, with {_number(facts.roll, 'voter')}."))
    if facts.record_on and uk_date(at) < facts.record_on:
        found.append(
            Obstacle(f"The roll is taken as it stands on {day(facts.record_on)}, which is not here yet.", facts.rule)
        )
    if facts.stage is Stage.NOMINATIONS_CLOSED and not facts.contested:
        found.append(Obstacle("There is no vote to take: no more candidates than seats.", facts.rule))
    return found


def obstacles_to_opening(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    found = _too_early(facts, Step.POLL, at, "Voting opens on {}.")
    if not facts.contested:
        found.append(
            Obstacle(
                f"{_number(facts.candidates, 'candidate')} for {_number(facts.seats, 'seat')}: nothing to vote on. "
                "Declare the result without a vote.",
                facts.rule,
            )
        )
    if facts.roll is None:
        found.append(Obstacle("The roll is not frozen yet."))
    elif facts.roll == 0:
        found.append(Obstacle("The roll is empty: nobody could vote."))
    if at >= facts.dates[Step.CLOSE]:
        found.append(
            Obstacle(f"Voting was to close on {when(facts.dates[Step.CLOSE])}. Set a later close, and say why.")
        )
    return found


def obstacles_to_casting(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    found = _too_early(facts, Step.POLL, at, "Voting opens on {}.")
    if at >= facts.dates[Step.CLOSE]:
        found.append(Obstacle(f"Voting closed on {when(facts.dates[Step.CLOSE])}.", facts.rule))
    return found


def obstacles_to_closing(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    return _too_early(facts, Step.CLOSE, at, "Voting is open until {}.")


def obstacles_to_keying(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    if facts.paper_marks:
        return []
    return [Obstacle("No returned envelope is marked on the roll yet: mark the envelopes first.")]


def obstacles_to_counting(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    found = [Obstacle(f"Batch {reference} waits for its second copy.") for reference in facts.batches_waiting]
    missing = facts.paper_marks - facts.papers_entered
    if missing > 0 and not facts.papers_explained:
        found.append(
            Obstacle(
                f"{_number(facts.paper_marks, 'envelope')} marked on the roll, "
                f"{_number(facts.papers_entered, 'paper')} entered. "
                f"Enter the other {missing}, or record why they are missing."
            )
        )
    web_missing = facts.marks - facts.paper_marks - (facts.ballots - facts.papers_entered)
    if web_missing > 0 and at < facts.dates[Step.CLOSE] + GRACE:
        found.append(
            Obstacle(
                f"{_number(web_missing, 'vote')} marked just before the close may still arrive, until "
                f"{when(facts.dates[Step.CLOSE] + GRACE)}."
            )
        )
    if facts.ballots > facts.marks:
        found.append(
            Obstacle(
                f"The ballot box holds {_number(facts.ballots, 'ballot')}, but only {_number(facts.marks, 'voter')} "
                "marked on the roll. The count is blocked until this is explained."
            )
        )
    if not facts.marks:
        found.append(
            Obstacle("Nobody has voted, so nobody can be elected. Abandon this election and call another.", facts.rule)
        )
    if facts.tie:
        found.append(Obstacle("The count has stopped at a tie: draw the lot and record it."))
    return found


def obstacles_to_a_lot(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    return [] if facts.tie else [Obstacle("No tie waits for a lot.")]


def obstacles_to_declaring(facts: ElectionFacts, *, at: datetime) -> list[Obstacle]:
    if facts.stage is Stage.NOMINATIONS_CLOSED and facts.contested:
        return [
            Obstacle(
                f"{_number(facts.candidates, 'candidate')} for {_number(facts.seats, 'seat')}: first members vote.",
                facts.rule,
            )
        ]
    return []


def _wrong_stage(verb: Verb, stage: Stage) -> Obstacle:
    wanted = [s.label.lower() for s in Stage if s in WHEN[verb]]
    return Obstacle(
        f"This is not possible at the stage “{stage.label.lower()}”. It is at: {', '.join(wanted)}.", "voting.lifecycle"
    )


def _too_early(facts: ElectionFacts, step: Step, at: datetime, sentence: str) -> list[Obstacle]:
    due = facts.dates[step]
    return [Obstacle(sentence.format(when(due)), facts.rule, step)] if at < due else []


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def when(at: datetime) -> str:
    """A moment as members read it, on the clock of the United Kingdom.

    >>> from datetime import UTC
    >>> when(datetime(2026, 7, 1, 16, 0, tzinfo=UTC))
    '1 July 2026 at 5pm'
    """
    return f"{day(at.astimezone(UK).date())} at {clock(at)}"


def clock(at: datetime) -> str:
    """The time of day alone: "5pm", "9:30am", "midnight"."""
    local = at.astimezone(UK)
    if (local.hour, local.minute) in {(0, 0), (12, 0)}:
        return "noon" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
