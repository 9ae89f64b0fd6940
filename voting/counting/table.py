"""The table at which a count is carried out: who has which papers, and the sheet as it is written.

Rule books differ in what they decide; what happens on the table is the same under all of them. Papers are dealt into
piles, credited, moved in batches, and after every batch the votes are added up again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from voting.counting.lots import Lots, TiedCandidates
from voting.counting.papers import Pile, Sorter
from voting.counting.reserved import Guard
from voting.counting.values import Batch, Contest, CountRefused, Elected, Stage, Tie

Progress = Callable[[str], None]


class CountBroken(Exception):
    """Votes were made or lost on the table: a fault in this program, never in the ballots."""


@dataclass(slots=True, eq=False)
class Parcel:
    """Papers a candidate received in one batch, at one value; ``value`` is None where each paper has its own."""

    pile: Pile
    value: int | None
    first: bool = False


@dataclass(slots=True)
class Draft:
    """A stage that is still being written."""

    kind: str
    candidates: tuple[int, ...]
    votes: tuple[int, ...] = ()
    non_transferable: int = 0
    quota: int | None = None
    elected: list[Elected] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    transfer_value: int | None = None
    surplus: int | None = None
    deferred: tuple[int, ...] = ()
    rounding: int = 0
    notes: list[str] = field(default_factory=list)


class Table:
    """One count in progress.

    votes      by candidate, in the rule's smallest part (``unit`` of them make a vote)
    lost       non-transferable votes, rounding included
    continuing candidates neither elected nor excluded, in ballot order
    snapshots  (name, votes) after each stage, or after each batch, for telling equals apart
    """

    def __init__(self, contest: Contest, *, seats: int, places: int, lots: Lots, progress: Progress) -> None:
        if seats < 1:
            raise CountRefused(f"There are {seats} seats to fill; a count needs at least 1.")
        self.contest = contest
        self.seats = seats
        self.places = places
        self.unit = 10**places
        self.lots = lots
        self.progress = progress
        self.votes = [0] * len(contest.candidates)
        self.lost = 0
        self.quota: int | None = None
        self.continuing = [one for one in range(len(self.votes)) if one not in contest.withdrawn]
        self.elected: list[int] = []
        self.parcels: list[list[Parcel]] = [[] for _ in self.votes]
        self.drafts: list[Draft] = []
        self.ties: list[Tie] = []
        self.snapshots: list[tuple[str, tuple[int, ...]]] = []
        self.guard: Guard | None = None
        self.sorter: Sorter = contest.papers.sorter(len(self.votes), unit=self.unit)
        self.valid = self.invalid = 0

    # --- Reading the table ------------------------------------------------------------------------------------------

    @property
    def vacancies(self) -> int:
        return self.seats - len(self.elected)

    @property
    def stage(self) -> Draft:
        return self.drafts[-1]

    @property
    def open_to(self) -> list[bool]:
        return [one in self._continuing for one in range(len(self.votes))]

    @property
    def _continuing(self) -> set[int]:
        return set(self.continuing)

    def lowest_first(self) -> list[int]:
        return sorted(self.continuing, key=lambda one: self.votes[one])

    def highest_first(self) -> list[int]:
        return sorted(self.continuing, key=lambda one: -self.votes[one])

    def elect_all_continuing(self) -> None:
        """As many continue as there are places, or fewer."""
        for one in self.highest_first():
            self.elect(one, "last vacancies")

    # --- Reserved places --------------------------------------------------------------------------------------------

    def excludable(self) -> list[int]:
        """Continuing candidates who may be excluded, lowest first: those guarded by a reservation are left out."""
        if self.guard is None:
            return self.lowest_first()
        _, guarded = self.guard.verdict(self.elected, self.continuing)
        return [one for one in self.lowest_first() if one not in guarded]

    def doomed(self) -> list[int]:
        """Continuing candidates whom the reservations leave no place for, lowest first."""
        if self.guard is None or not self.vacancies:
            return []
        doomed, _ = self.guard.verdict(self.elected, self.continuing)
        return [one for one in self.lowest_first() if one in doomed]

    def can_spare(self, leaving: Sequence[int]) -> bool:
        """Whether all of a group can be excluded and every reservation still be kept."""
        stay = [one for one in self.continuing if one not in leaving]
        return self.guard is None or self.guard.allows(self.elected, stay)

    def electable(self, equals: Sequence[int]) -> list[int]:
        """Of candidates with equal votes, those whom the reservations let be elected, one after the other."""
        if self.guard is None:
            return list(equals)
        chosen: list[int] = []
        left = self._compatible(equals, chosen)
        while left:
            rest = [other for other in self.continuing if other not in left and other not in chosen]
            together = self.guard.allows([*self.elected, *chosen, *left], rest)
            one = left[0] if together else self.pick(left, purpose="seat", highest=True)
            chosen.append(one)
            left = self._compatible([other for other in left if other != one], chosen)
        return chosen

    def _compatible(self, candidates: Sequence[int], chosen: list[int]) -> list[int]:
        if self.guard is None:
            return list(candidates)
        return [
            one
            for one in candidates
            if self.guard.allows(
                [*self.elected, *chosen, one],
                [other for other in self.continuing if other != one and other not in chosen],
            )
        ]

    # --- Writing the sheet ------------------------------------------------------------------------------------------

    def begin(self, kind: str, *candidates: int) -> Draft:
        self.drafts.append(Draft(kind, candidates))
        self.progress(f"Stage {len(self.drafts)}")
        return self.stage

    def close_stage(self, *, snapshot: bool = True) -> None:
        """Write the totals of the stage; ``snapshot`` keeps them for ties."""
        self.stage.votes = tuple(self.votes)
        self.stage.non_transferable = self.lost
        self.stage.quota = self.quota
        if snapshot:
            self.snapshots.append((str(len(self.drafts)), self.stage.votes))

    def elect(self, candidate: int, why: str) -> None:
        self.continuing.remove(candidate)
        self.elected.append(candidate)
        self.stage.elected.append(Elected(candidate, why))

    def exclude(self, candidate: int) -> None:
        self.continuing.remove(candidate)
        self.stage.excluded.append(candidate)

    def balance(self) -> None:
        """Every vote is with a candidate or written off, after every batch."""
        if sum(self.votes) + self.lost != self.valid * self.unit:
            raise CountBroken(f"{sum(self.votes)} + {self.lost} is not {self.valid * self.unit}")

    def stages(self) -> tuple[Stage, ...]:
        return tuple(
            Stage(
                number=number,
                kind=draft.kind,
                candidates=draft.candidates,
                votes=draft.votes,
                non_transferable=draft.non_transferable,
                quota=draft.quota,
                elected=tuple(sorted(draft.elected, key=lambda one: -draft.votes[one.candidate])),
                excluded=tuple(draft.excluded),
                batches=tuple(draft.batches),
                transfer_value=draft.transfer_value,
                surplus=draft.surplus,
                deferred=draft.deferred,
                rounding=draft.rounding,
                notes=tuple(draft.notes),
            )
            for number, draft in enumerate(self.drafts, start=1)
        )

    def order_of_election(self) -> list[tuple[int, ...]]:
        """By stage, then by votes at its end; equals stand together."""
        order: list[tuple[int, ...]] = []
        for stage in self.stages():
            for _, level in groupby(stage.elected, key=lambda who: stage.votes[who.candidate]):
                order.append(tuple(who.candidate for who in level))
        return order

    # --- Moving papers ----------------------------------------------------------------------------------------------

    def first_preferences(self) -> None:
        """The first stage: every paper to its first preference. Papers for nobody are not valid."""
        self.begin("first")
        piles = self.sorter.deal(self.sorter.everything(), self.open_to)
        blank = piles.pop(self.sorter.nobody, None)
        self.invalid = blank.papers if blank else 0
        self.valid = sum(pile.papers for pile in piles.values())
        for candidate, pile in piles.items():
            self.receive(candidate, pile, value=self.unit, first=True)
        to = {candidate: pile.papers for candidate, pile in piles.items()}
        self.stage.batches.append(Batch(self.unit, self.valid, to, 0))
        self.balance()

    def receive(self, candidate: int, pile: Pile, *, value: int, first: bool = False) -> None:
        self.votes[candidate] += value * pile.papers
        self.parcels[candidate].append(Parcel(pile, value, first))

    def credit(self, candidate: int, pile: Pile, *, worth: int) -> None:
        """Add papers that each have a value of their own; ``worth`` is their sum."""
        self.votes[candidate] += worth
        self.parcels[candidate].append(Parcel(pile, None))

    def record(self, piles: Mapping[int, Pile], value: int | None) -> None:
        """Write a batch on the sheet."""
        to = {candidate: pile.papers for candidate, pile in piles.items() if candidate != self.sorter.nobody}
        spent = piles[self.sorter.nobody].papers if self.sorter.nobody in piles else 0
        self.stage.batches.append(Batch(value, sum(to.values()) + spent, to, spent))

    def move_batch(self, holdings: Sequence[tuple[int, Parcel]], *, value: int) -> None:
        """Move excluded candidates' parcels of one value to their next preferences, as one batch."""
        for holder, parcel in holdings:
            self.parcels[holder].remove(parcel)
            self.votes[holder] -= value * parcel.pile.papers
        piles = self.sorter.deal(self.sorter.join([parcel.pile for _, parcel in holdings]), self.open_to)
        self.record(piles, value)
        spent = piles.pop(self.sorter.nobody, None)
        self.lost += value * spent.papers if spent else 0
        for candidate, pile in piles.items():
            self.receive(candidate, pile, value=value)
        self.balance()

    # --- Telling equals apart ---------------------------------------------------------------------------------------

    def pick(self, tied: Sequence[int], *, purpose: str, highest: bool, latest: bool = False) -> int:
        """The one of several equals whom earlier votes, or else the lot, single out.

        highest  pick whoever had more votes then; otherwise whoever had fewer
        latest   look back from the last stage; otherwise forwards from the first
        """
        left = list(tied)
        if len(left) == 1:
            return left[0]
        for name, votes in reversed(self.snapshots) if latest else self.snapshots:
            best = (max if highest else min)(votes[one] for one in left)
            narrowed = [one for one in left if votes[one] == best]
            if len(narrowed) == 1:
                self.note_tie(tied, narrowed, purpose=purpose, how="stage", earlier=name)
                return narrowed[0]
            left = narrowed
        return self.draw(left, purpose=purpose)[0]

    def draw(self, tied: Sequence[int], *, purpose: str, places: int = 1) -> tuple[int, ...]:
        """Let the lot decide. Raises LotNeeded if no lot has been drawn yet."""
        stage = self.deciding(purpose)
        event = f"stage-{stage}|{purpose}"
        keys = tuple(self.contest.candidates[one].key for one in tied)
        chosen = self.lots.draw(TiedCandidates(event, purpose, stage, tuple(tied), keys, places))
        self.note_tie(tied, chosen, purpose=purpose, how="lot", event=event)
        return chosen

    def deciding(self, purpose: str) -> int:
        """The stage that a choice belongs to: the coming one, but for a seat that falls in this one."""
        return len(self.drafts) + (purpose != "seat")

    def note_tie(self, tied: Sequence[int], chosen: Sequence[int], *, purpose: str, how: str, **more: str) -> None:
        self.ties.append(Tie(self.deciding(purpose), purpose, tuple(tied), tuple(chosen), how, **more))
