"""Ballot papers as they are stored and as they are sorted into piles.

Two kinds of the same thing. ``PlainPapers`` holds tuples and needs nothing but Python: it starts at once, and knows no
largest number. ``ArrayPapers`` (in ``arrays``) holds one long row of small integers and moves papers by the hundred
thousand. A count does not know which of them it sorts; the tests count everything with both and demand the same sheet.

A sorter keeps, for each distinct paper, the preference it now stands at. ``deal`` moves a pile of papers on to their
next available preference and gives back the piles they fall into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

ARRAYS_FROM = 60_000
"""Distinct papers from which NumPy is worth its start."""

END = -1
"""What stands after the last preference: the pile of nobody is the last of all."""


@dataclass(slots=True)
class Pile:
    """Papers lying together. ``rows`` are distinct papers, ``papers`` is how many sheets they stand for."""

    rows: Any
    papers: int


class Sorter(Protocol):
    """The table on which papers are sorted. ``nobody`` is the pile of papers with no further preference."""

    nobody: int

    def everything(self) -> Pile: ...

    def deal(self, pile: Pile, open_to: Sequence[bool]) -> dict[int, Pile]: ...

    def join(self, piles: Sequence[Pile]) -> Pile: ...

    def worth(self, pile: Pile) -> int: ...

    def reduce(self, pile: Pile, *, surplus: int, total: int) -> None: ...

    def by_value(self, pile: Pile) -> list[tuple[int, int]]: ...


class Papers(Protocol):
    """Distinct papers with how often each was cast."""

    @property
    def distinct(self) -> int: ...

    @property
    def total(self) -> int: ...

    def __iter__(self) -> Iterator[tuple[int, tuple[int, ...]]]: ...

    def sorter(self, candidates: int, *, unit: int = 1) -> Sorter: ...


class PlainPapers:
    """Papers as tuples of candidates; ``ended`` has an END after each."""

    def __init__(self, rankings: Iterable[tuple[int, ...]], weights: list[int]) -> None:
        self.ended = [(*ranking, END) for ranking in rankings]
        self.weights = weights

    @classmethod
    def of_ended(cls, ended: list[tuple[int, ...]], weights: list[int]) -> PlainPapers:
        papers = cls([], weights)
        papers.ended = ended
        return papers

    @property
    def distinct(self) -> int:
        return len(self.ended)

    @property
    def total(self) -> int:
        return sum(self.weights)

    def __iter__(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        return zip(self.weights, (ranking[:-1] for ranking in self.ended), strict=True)

    def sorter(self, candidates: int, *, unit: int = 1) -> PlainSorter:
        return PlainSorter(self, candidates, unit)


class PlainSorter:
    """Sorting with lists."""

    def __init__(self, papers: PlainPapers, candidates: int, unit: int) -> None:
        self.nobody = candidates
        self._rankings = papers.ended
        self._weights = papers.weights
        self._at = [-1] * len(self._rankings)
        self._values = [unit] * len(self._rankings)

    def everything(self) -> Pile:
        return Pile(list(range(len(self._rankings))), sum(self._weights))

    def deal(self, pile: Pile, open_to: Sequence[bool]) -> dict[int, Pile]:
        """Move each paper on to the next candidate ``open_to`` it; papers that find none go to ``nobody``."""
        rankings, weights, at = self._rankings, self._weights, self._at
        stops = (*open_to, True)
        rows: list[list[int]] = [[] for _ in stops]
        papers = [0] * len(stops)
        for row in pile.rows:
            ranking = rankings[row]
            place = at[row] + 1
            while not stops[choice := ranking[place]]:
                place += 1
            at[row] = place
            rows[choice].append(row)
            papers[choice] += weights[row]
        return {choice: Pile(rows[choice], papers[choice]) for choice in range(len(stops)) if rows[choice]}

    def join(self, piles: Sequence[Pile]) -> Pile:
        return Pile([row for pile in piles for row in pile.rows], sum(pile.papers for pile in piles))

    def worth(self, pile: Pile) -> int:
        """What the papers of a pile carry together, each at its own value."""
        values, weights = self._values, self._weights
        return sum(values[row] * weights[row] for row in pile.rows)

    def reduce(self, pile: Pile, *, surplus: int, total: int) -> None:
        """Give every paper its share of a surplus: surplus x its value / total, the remainder dropped."""
        values = self._values
        for row in pile.rows:
            values[row] = surplus * values[row] // total

    def by_value(self, pile: Pile) -> list[tuple[int, int]]:
        """(value, papers) of a pile, highest value first."""
        found: dict[int, int] = {}
        for row in pile.rows:
            found[self._values[row]] = found.get(self._values[row], 0) + self._weights[row]
        return sorted(found.items(), reverse=True)
