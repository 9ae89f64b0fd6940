"""The values a count is made of: who stands, what was cast, and what each stage of the count came to.

Votes are whole numbers of the rule's smallest part: hundredths under the NHS and ERS97 rules, hundred-thousandths in
Scotland, thousand-millionths under Meek. ``places`` says which; ``votes_text`` writes them as people read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mutualgov.core.rulings import Refusal

if TYPE_CHECKING:
    from voting.counting.papers import Papers

Mark = int | tuple[int, ...] | None
"""One place on an irregular paper: a candidate, several ranked equal, or None for a number left out."""


class BallotsRefused(Refusal):
    """The file cannot be read as ballots. ``line`` is the line of the file, 1 for the first; 0 for the whole of it."""

    def __init__(self, reason: str, *, line: int = 0) -> None:
        self.line = line
        super().__init__(f"Line {line}: {reason}" if line else reason, rule="ballot file")


class CountRefused(Refusal):
    """These ballots cannot be counted in the way that was asked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate. ``key`` is what a lot is drawn on: the name, unless the election has given a better one."""

    name: str
    party: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", self.name)


@dataclass(frozen=True, slots=True)
class Contest:
    """An election as it comes to the count.

    candidates  in the order of the ballot paper; everywhere else a candidate is a number, 0 for the first
    seats       places to fill
    papers      the papers with a plain ranking, equal ones together
    irregular   (how many, marks) for papers that leave a number out or give one to two candidates
    withdrawn   candidates passed over from the start
    tie_order   the order in which lots fall, if the file brings one
    warnings    what a reader should know and that did not stop the reading
    """

    candidates: tuple[Candidate, ...]
    seats: int
    papers: Papers
    irregular: tuple[tuple[int, tuple[Mark, ...]], ...] = ()
    withdrawn: frozenset[int] = frozenset()
    title: str = ""
    tie_order: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What each candidate is called in results; namesakes are told apart by their place on the paper."""
        names = [candidate.name for candidate in self.candidates]
        return tuple(
            name if names.count(name) == 1 else f"{name} (number {number})"
            for number, name in enumerate(names, start=1)
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers moved together at one value.

    value        what each carries; None where papers of several values moved as one (the stage has the totals)
    papers       how many papers moved
    to           papers by receiving candidate
    unavailable  papers with no further preference
    """

    value: int | None
    papers: int
    to: Mapping[int, int]
    unavailable: int


@dataclass(frozen=True, slots=True)
class Elected:
    """One candidate deemed elected, and why: quota, majority, most votes, last places or unopposed."""

    candidate: int
    why: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Equal votes that had to be told apart.

    purpose  what for: exclusion, surplus, seat or order
    chosen   the candidates who were picked: to be excluded, to go first, to have the seat
    how      "stage" or "batch" with ``earlier`` naming it, or "lot"
    event    the name under which the lot was drawn
    """

    stage: int
    purpose: str
    tied: tuple[int, ...]
    chosen: tuple[int, ...]
    how: str
    earlier: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the count, as the result sheet shows it.

    kind                first, surplus, exclusion or election
    candidates          those whose papers move
    votes               of every candidate, at the end of the stage
    non_transferable    votes lost to the count so far, with what rounding has cost
    transfer_value      of a surplus, where the rule has one value for all
    quota               at the end of the stage
    deferred            owners of surpluses that stay where they are for now
    rounding            the part of non_transferable's change that is dropped fractions, not papers
    notes               sentences for the sheet
    """

    number: int
    kind: str
    candidates: tuple[int, ...]
    votes: tuple[int, ...]
    non_transferable: int
    quota: int | None
    elected: tuple[Elected, ...] = ()
    excluded: tuple[int, ...] = ()
    batches: tuple[Batch, ...] = ()
    transfer_value: int | None = None
    surplus: int | None = None
    deferred: tuple[int, ...] = ()
    rounding: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountResult:
    """What a count came to, with everything needed to show how.

    valid, invalid     papers
    quota              at the first stage; where a rule lets it change, each stage has its own
    elected            by stage of election; within a stage by votes
    order_of_election  the order the rule book gives them, for terms of office; equals that nothing separates stand
                       together, and a lot is needed if their terms differ
    unfilled           seats for which nobody was left
    """

    rule: str
    title: str
    seats: int
    names: tuple[str, ...]
    places: int
    valid: int
    invalid: int
    quota: int | None
    elected: tuple[int, ...]
    stages: tuple[Stage, ...]
    ties: tuple[Tie, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    order_of_election: tuple[tuple[int, ...], ...] = ()
    withdrawn: frozenset[int] = frozenset()
    unfilled: int = 0
    quota_places: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def elected_names(self) -> tuple[str, ...]:
        return tuple(self.names[candidate] for candidate in self.elected)


def votes_text(votes: int, places: int) -> str:
    """Scaled votes as a decimal: ``votes_text(10758, 2) == "107.58"``."""
    if not places:
        return str(votes)
    whole, part = divmod(abs(votes), 10**places)
    return f"{'-' if votes < 0 else ''}{whole}.{part:0{places}d}"


def listed(names: Iterable[str]) -> str:
    """Names as one reads them out: "Adams", "Adams and Brown", "Adams, Brown and Clark"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def contest_from_rankings(
    *,
    candidates: Sequence[Candidate | str],
    seats: int,
    rankings: Iterable[tuple[int, Sequence[int]]],
    withdrawn: Iterable[int] = (),
    title: str = "",
) -> Contest:
    """A contest from (how many papers, candidates in order of preference) pairs.

    Candidates are numbers from 0; an empty ranking is a blank paper. Raises BallotsRefused for a number of papers
    below 1, a candidate who does not stand, or one ranked twice.
    """
    from voting.counting.papers import PlainPapers

    standing = tuple(Candidate(one) if isinstance(one, str) else one for one in candidates)
    tally: dict[tuple[int, ...], int] = {}
    for number, (weight, ranking) in enumerate(rankings, start=1):
        paper = tuple(ranking)
        if weight < 1:
            raise BallotsRefused(f"Paper {number} stands for {weight} papers; 1 is the least.")
        if len(set(paper)) < len(paper) or any(not 0 <= choice < len(standing) for choice in paper):
            raise BallotsRefused(f"Paper {number} ranks {list(paper)}, which is not a ranking of the candidates.")
        tally[paper] = tally.get(paper, 0) + weight
    return Contest(
        candidates=standing,
        seats=seats,
        papers=PlainPapers(list(tally), list(tally.values())),
        withdrawn=frozenset(withdrawn),
        title=title,
    )
