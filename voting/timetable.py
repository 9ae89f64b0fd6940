"""The moments of an election, from the days its rule counts back from the close; plain values, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from mutualgov.constitution.document.nouns import Rule
from mutualgov.constitution.semantics.timing import election_timetable
from mutualgov.core.clock import uk_date, uk_time
from mutualgov.core.dates import Nation

from .lifecycle import Step, when

LAST_MINUTE = time(23, 59)
STEP_OF = {step.value: step for step in Step} | {"declaration": Step.DECLARE}


@dataclass(frozen=True, slots=True)
class ComputedStep:
    """One date: the moment the rule gives and how it was reached."""

    step: Step
    at: datetime
    explanation: str

    @property
    def label(self) -> str:
        return self.step.label

    @property
    def on(self) -> date:
        return uk_date(self.at)


def computed_timetable(*, close_on: date, rule: Rule, nation: Nation) -> list[ComputedStep]:
    """Every date of an election that closes on a date, in order, each with its explanation.

    Nominations, withdrawals and voting end at the rule's closing hour; notice and the statement may come until the end
    of their day; voting opens at the start of its day.
    """
    closes = time.fromisoformat(rule.timetable.close_at) if rule.timetable else LAST_MINUTE
    hours = {Step.NOTICE: LAST_MINUTE, Step.STATEMENT: LAST_MINUTE, Step.POLL: time(0)}
    found = []
    for day in election_timetable(rule, close_on=close_on, nation=nation):
        step = STEP_OF[day.key]
        hour = hours.get(step, closes)
        found.append(ComputedStep(step, uk_time(day.on, hour.hour, hour.minute), day.explanation))
    return found


def disorder(dates: Mapping[Step, datetime]) -> list[str]:
    """Every pair of dates that stands in the wrong order, in words; empty where they are in order."""
    steps = [step for step in Step if step in dates]
    return [
        f"“{later.label}” ({when(dates[later])}) would come before “{earlier.label}” ({when(dates[earlier])})."
        for earlier, later in pairwise(steps)
        if dates[later] < dates[earlier]
    ]


def brought_forward(dates: Mapping[Step, datetime], step: Step, *, to: datetime) -> dict[Step, datetime]:
    """The dates that move when a step is set to a moment: itself, and each earlier one that would come after it."""
    steps = list(Step)
    before = steps[: steps.index(step)]
    return {s: to for s in before if s in dates and dates[s] > to} | {step: to}
