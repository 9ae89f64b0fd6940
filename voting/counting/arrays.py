"""Papers as one long row of small integers, for large elections. The twin of ``papers``; see there for the words.

Every paper lies in ``flat`` as it lay in the file: one place for its weight, its candidates from 1, and a 0. A paper's
marker points at the preference it stands at; the 0 is the pile of nobody. Nothing here is a float: NumPy's weighted
``bincount`` would be, so sums are taken with ``add.reduceat``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from voting.counting.papers import Pile, PlainPapers, PlainSorter

MOST_PAPERS = 2**63 // 10**6
"""So that papers times the finest value a paper can have (0.00001) stay within 64 bits."""


class ArrayPapers:
    """Distinct papers in arrays.

    flat     candidates from 1, each paper ended by a 0; the place before a paper's first candidate is its own
    starts   that place, for each paper
    weights  how many sheets each paper stands for
    """

    def __init__(self, flat: np.ndarray, starts: np.ndarray, weights: np.ndarray) -> None:
        self.flat = flat
        self.starts = starts
        self.weights = weights

    @property
    def distinct(self) -> int:
        return len(self.starts)

    @property
    def total(self) -> int:
        return int(self.weights.sum())

    def __iter__(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        ends = np.append(self.starts[1:], len(self.flat))
        for start, end, weight in zip(self.starts.tolist(), ends.tolist(), self.weights.tolist(), strict=True):
            yield weight, tuple(one - 1 for one in self.flat[start + 1 : end - 1].tolist())

    def sorter(self, candidates: int, *, unit: int = 1) -> ArraySorter | PlainSorter:
        if self.total > MOST_PAPERS:
            return PlainPapers([ranking for _, ranking in self], self.weights.tolist()).sorter(candidates, unit=unit)
        return ArraySorter(self, candidates, unit)

    @classmethod
    def joined(cls, parts: Sequence[ArrayPapers]) -> ArrayPapers:
        """Several lots of papers as one."""
        if len(parts) == 1:
            return parts[0]
        offsets = np.cumsum([0, *(len(part.flat) for part in parts[:-1])])
        kind = marker_type(sum(len(part.flat) for part in parts))
        return cls(
            np.concatenate([part.flat for part in parts]),
            np.concatenate([part.starts.astype(kind) + offset for part, offset in zip(parts, offsets, strict=True)]),
            np.concatenate([part.weights for part in parts]),
        )


def marker_type(length: int) -> type:
    return np.int32 if length < 2**31 else np.int64


def candidate_type(size: int) -> type:
    return np.uint8 if size < 2**8 else np.uint16 if size < 2**16 else np.uint32


class ArraySorter:
    """Sorting with arrays."""

    def __init__(self, papers: ArrayPapers, candidates: int, unit: int) -> None:
        self.nobody = candidates
        self._flat = papers.flat
        self.weights = papers.weights
        self._at = papers.starts.copy()
        self._unit = unit
        self._own: np.ndarray | None = None

    @property
    def _values(self) -> np.ndarray:
        """The value of each paper, where papers have values of their own."""
        if self._own is None:
            self._own = np.full(len(self._at), self._unit, dtype=np.int64 if self._unit > 2**30 else np.int32)
        return self._own

    def everything(self) -> Pile:
        return Pile(np.arange(len(self._at), dtype=np.int32), int(self.weights.sum()))

    def deal(self, pile: Pile, open_to: Sequence[bool]) -> dict[int, Pile]:
        """Move each paper on to the next candidate ``open_to`` it; papers that find none go to ``nobody``."""
        shut = np.array([False, *(not is_open for is_open in open_to)])
        at = self._at[pile.rows]
        at += 1
        choice = self._flat[at]
        behind = np.flatnonzero(shut[choice])
        while behind.size:
            at[behind] += 1
            passed = self._flat[at[behind]]
            choice[behind] = passed
            behind = behind[shut[passed]]
        self._at[pile.rows] = at
        return self._split(pile.rows, choice)

    def _split(self, rows: np.ndarray, choice: np.ndarray) -> dict[int, Pile]:
        """Rows into piles by choice, in ballot order; a radix sort, since choices are small."""
        if not rows.size:
            return {}
        rows = rows[np.argsort(choice, kind="stable")]
        sizes = np.bincount(choice)
        chosen = np.flatnonzero(sizes)
        ends = np.cumsum(sizes[chosen])
        starts = ends - sizes[chosen]
        papers = np.add.reduceat(self.weights[rows], starts).tolist()
        piles = {
            (int(one) - 1) % (self.nobody + 1): Pile(rows[start:end], count)
            for one, start, end, count in zip(chosen, starts, ends, papers, strict=True)
        }
        return dict(sorted(piles.items()))

    def join(self, piles: Sequence[Pile]) -> Pile:
        if len(piles) == 1:
            return piles[0]
        rows = [pile.rows for pile in piles] or [np.empty(0, dtype=np.int32)]
        return Pile(np.concatenate(rows), sum(pile.papers for pile in piles))

    def worth(self, pile: Pile) -> int:
        """What the papers of a pile carry together, each at its own value."""
        return int((self._values[pile.rows] * self.weights[pile.rows]).sum())

    def reduce(self, pile: Pile, *, surplus: int, total: int) -> None:
        """Give every paper its share of a surplus: surplus x its value / total, the remainder dropped."""
        values = self._values[pile.rows]
        found = np.flatnonzero(np.bincount(values)).tolist()
        share = np.zeros((found[-1] if found else 0) + 1, dtype=values.dtype)
        share[found] = [surplus * value // total for value in found]  # Python's integers: no product overflows
        self._values[pile.rows] = share[values]

    def by_value(self, pile: Pile) -> list[tuple[int, int]]:
        """(value, papers) of a pile, highest value first."""
        values, place = np.unique(self._values[pile.rows], return_inverse=True)
        papers = np.zeros(len(values), dtype=np.int64)
        np.add.at(papers, place, self.weights[pile.rows])
        return list(zip(values.tolist(), papers.tolist(), strict=True))[::-1]
