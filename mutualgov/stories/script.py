"""What a story is played with: the files, the people, and a clock of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mutualgov.core.clock import uk_date, uk_time
from mutualgov.core.rulings import Refusal
from voting.counting import Contest


class StoryRefused(Refusal):
    """The story cannot be played with these files."""


@dataclass(frozen=True)
class Script:
    """The files and the choices.

    staff      the staff file's bytes, in the layout of a payroll extract
    papers     the ballot papers
    begins_on  the day the mutual is founded and the staff file is received
    seats      seats to fill
    rule       the counting rule set, by its name in the constitution
    """

    staff: bytes
    staff_name: str
    papers: Contest
    begins_on: date
    seats: int
    rule: str
    key: str = "riverside"

    @property
    def papers_cast(self) -> int:
        return sum(papers for papers, _ in self.papers.papers)

    @property
    def candidates(self) -> Sequence[str]:
        return self.papers.names


class Clock:
    """The story's own time: it only moves forward."""

    def __init__(self, begins_on: date) -> None:
        self.at = uk_time(begins_on, 9)

    def moves_to(self, at: datetime) -> datetime:
        """To a moment, or a minute on when that has passed already."""
        self.at = max(at, self.at + timedelta(minutes=1))
        return self.at

    def ticks(self) -> datetime:
        """A minute on."""
        return self.moves_to(self.at + timedelta(minutes=1))

    @property
    def on(self) -> date:
        return uk_date(self.at)
