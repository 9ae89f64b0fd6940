"""What the desk of an election shows: its steps in order, which is next, what blocks it; plain values."""

from dataclasses import dataclass
from datetime import datetime

from .lifecycle import ElectionFacts, Obstacle, Stage, Step, Verb, obstacles_to, when
from .models import Count, Election
from .tally import GROUNDS
from .terms import METHODS

TONES = {
    Stage.DRAFT: "grey",
    Stage.NOTICE_GIVEN: "blue",
    Stage.NOMINATIONS_CLOSED: "blue",
    Stage.OPEN: "blue",
    Stage.CLOSED: "amber",
    Stage.COUNTED: "amber",
    Stage.DECLARED: "green",
    Stage.ABANDONED: "red",
}
ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Task:
    """One step of the procedure.

    state      "done", "now" (nothing stands in the way), "blocked" (next, but something does) or "later"
    url_name   where it is done; a verb to post to where ``button`` says what the button reads
    obstacles  what stands in the way
    waits_for  the date that the returning officer may bring forward
    """

    title: str
    state: str
    url_name: str = ""
    button: str = ""
    hint: str = ""
    due: datetime | None = None
    obstacles: tuple[Obstacle, ...] = ()
    waits_for: Step | None = None

    @property
    def address(self) -> str:
        return f"voting:{self.url_name}"

    @property
    def is_page(self) -> bool:
        """Whether a link leads there; what has a button is done by pressing it."""
        return bool(self.url_name) and not self.button

    @property
    def needs_attention(self) -> bool:
        return self.state in {"now", "blocked"}

    @property
    def due_text(self) -> str:
        return f"By {when(self.due)}" if self.due and self.state != "done" else ""

    @property
    def status(self) -> str:
        return {"done": "Done", "now": "To do", "blocked": "Waits", "later": "Later"}[self.state]

    @property
    def tone(self) -> str:
        return {"done": "green", "now": "blue", "blocked": "amber", "later": "grey"}[self.state]


def tone_of(stage: Stage) -> str:
    return TONES[stage]


def tasks(facts: ElectionFacts, *, at: datetime) -> list[Task]:
    """Every step of this election in order. A step is done once its stage lies behind."""
    if facts.stage is Stage.ABANDONED:
        return []
    dates = facts.dates
    found = [
        _task("Give notice of the election", facts, at, Verb.GIVE_NOTICE, "give_notice", "Give notice", Step.NOTICE),
        _nominations(facts),
        _task(
            "Close nominations",
            facts,
            at,
            Verb.CLOSE_NOMINATIONS,
            "close_nominations",
            "Close nominations",
            Step.WITHDRAWALS,
        ),
    ]
    if _past(facts, Stage.NOTICE_GIVEN) and not facts.contested:
        hint = f"{facts.candidates} for {facts.seats}: no vote is needed."
        return [
            *found,
            _task("Declare the result", facts, at, Verb.DECLARE_RESULT, "declare", "Declare", Step.DECLARE, hint),
        ]
    return [
        *found,
        _freeze(facts, at),
        _task("Open voting", facts, at, Verb.OPEN_POLL, "open", "Open voting now", Step.POLL),
        _papers(facts, dates.get(Step.CLOSE)),
        _task("Close voting", facts, at, Verb.CLOSE_POLL, "close", "Close voting", Step.CLOSE),
        _count(facts, at),
        _task("Declare the result", facts, at, Verb.DECLARE_RESULT, "declare", "Declare", Step.DECLARE),
    ]


#: The stage in which each verb is the next thing to do.
HOME = {
    Verb.GIVE_NOTICE: Stage.DRAFT,
    Verb.CLOSE_NOMINATIONS: Stage.NOTICE_GIVEN,
    Verb.FREEZE_ROLL: Stage.NOMINATIONS_CLOSED,
    Verb.OPEN_POLL: Stage.NOMINATIONS_CLOSED,
    Verb.CLOSE_POLL: Stage.OPEN,
    Verb.COUNT_VOTES: Stage.CLOSED,
    Verb.DECLARE_RESULT: Stage.COUNTED,
}


def _task(
    title: str,
    facts: ElectionFacts,
    at: datetime,
    verb: Verb,
    url_name: str,
    button: str,
    step: Step,
    hint: str = "",
) -> Task:
    due = facts.dates.get(step)
    if _past(facts, HOME[verb]):
        return Task(title, "done", hint=hint)
    found = tuple(obstacles_to(verb, facts, at=at))
    if not found:
        return Task(title, "now", url_name, button, hint, due)
    here = facts.stage is HOME[verb] or (verb is Verb.DECLARE_RESULT and facts.stage is Stage.NOMINATIONS_CLOSED)
    if not here:
        return Task(title, "later", hint=hint, due=due)
    waits_for = next((o.step for o in found if o.step), None)
    return Task(title, "blocked", "", "", hint, due, found, waits_for)


def _nominations(facts: ElectionFacts) -> Task:
    due = facts.dates.get(Step.NOMINATIONS)
    if facts.stage is Stage.DRAFT:
        return Task("Receive and decide nominations", "later", due=due)
    if _past(facts, Stage.NOTICE_GIVEN):
        return Task("Receive and decide nominations", "done", "nominations", hint=f"{facts.candidates} stand.")
    hint = (
        f"{facts.undecided} to decide, {facts.candidates} stand." if facts.undecided else f"{facts.candidates} stand."
    )
    return Task("Receive and decide nominations", "now", "nominations", hint=hint, due=due)


def _freeze(facts: ElectionFacts, at: datetime) -> Task:
    if facts.roll is not None:
        return Task("Freeze the roll", "done", "roll", hint=f"{facts.roll} voters.")
    return _task("Freeze the roll", facts, at, Verb.FREEZE_ROLL, "freeze", "Freeze the roll", Step.POLL)


def _papers(facts: ElectionFacts, due: datetime | None) -> Task:
    title = "Enter papers, if any came"
    if _past(facts, Stage.CLOSED):
        return Task(title, "done", hint=f"{facts.papers_entered} papers.")
    if facts.stage in {Stage.OPEN, Stage.CLOSED}:
        hint = f"{facts.paper_marks} envelopes marked, {facts.papers_entered} papers entered."
        return Task(title, "now", "papers", hint=hint, due=due)
    return Task(title, "later")


def _count(facts: ElectionFacts, at: datetime) -> Task:
    if facts.tie and facts.stage is Stage.CLOSED:
        return Task("Count the votes", "now", "count", hint="A tie: draw the lot and record it.")
    found = _task("Count the votes", facts, at, Verb.COUNT_VOTES, "count_votes", "Count", Step.DECLARE)
    return found if found.state != "done" else Task("Count the votes", "done", "count")


def _past(facts: ElectionFacts, stage: Stage) -> bool:
    return ORDER.index(facts.stage) > ORDER.index(stage)


def ways_for_members(facts: ElectionFacts, *, at: datetime) -> list[str]:
    """What a member may do now: "stand", "vote"."""
    found = []
    if not obstacles_to(Verb.NOMINATE, facts, at=at):
        found.append("stand")
    if not obstacles_to(Verb.CAST_VOTE, facts, at=at):
        found.append("vote")
    return found


def how_counted(election: Election) -> str:
    """The method in a sentence."""
    seats = f"{election.seats} seat{'' if election.seats == 1 else 's'}"
    method = METHODS.get(election.method, election.method)
    by = {
        "stv": "Voters number the candidates in the order they prefer them.",
        "fptp": f"Voters choose up to {election.seats}; the most votes win.",
        "approval": "Voters choose everyone they approve of; the most votes win.",
    }.get(election.method, "")
    return f"{seats}, by {method}. {by}".strip()


def rejected_lines(count: Count) -> list[tuple[str, int]]:
    """Rejected papers by ground, in words."""
    return [(GROUNDS.get(ground, ground), papers) for ground, papers in count.rejected.items()]
