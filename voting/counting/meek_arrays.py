"""Meek's tree of paths in arrays, for large elections. The twin of ``meek.PathTree``.

A joint is a path of elected candidates; joints of one length make a level, and an iteration walks level by level. A
joint never changes once it is there: papers leave it only downwards. A path that is reached twice may have two joints,
which costs time and changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from voting.counting.meek import ONE
from voting.counting.papers import Pile

MOST_PAPERS = 2**62 // ONE
"""So that papers times nine-place votes stay within 64 bits."""

LEVEL = 40
"""A joint's number holds its level above this many bits and its place in the level below them."""
PLACE = (1 << LEVEL) - 1


@dataclass(slots=True)
class Level:
    """Joints that hang equally deep, in stretches of one candidate each.

    parents     place of each joint's parent in the level above
    whose       the candidate passed last
    papers      how many papers come through
    bounds      where the stretches begin, and ``candidates`` whose they are
    """

    parents: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    whose: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    papers: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    bounds: list[int] = field(default_factory=list)
    candidates: list[int] = field(default_factory=list)
    size: int = 0
    new: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)

    def add(self, candidate: int, parents: np.ndarray, papers: np.ndarray) -> None:
        self.bounds.append(self.size)
        self.candidates.append(candidate)
        self.new.append((parents, np.full(len(parents), candidate, dtype=np.int64), papers))
        self.size += len(parents)

    def settle(self) -> None:
        """Put what was added into the rows."""
        if self.new:
            parents, whose, papers = zip(*self.new, strict=True)
            self.parents = np.concatenate([self.parents, *parents])
            self.whose = np.concatenate([self.whose, *whose])
            self.papers = np.concatenate([self.papers, *papers])
            self.new = []


@dataclass(slots=True)
class Leaves:
    """Where papers end: the joint, as a place in the row of all joints, and how many papers, by candidate."""

    joints: np.ndarray
    papers: np.ndarray
    bounds: list[int]
    candidates: list[int]


class ArrayTree:
    """Papers by path: every paper has its joint, every hopeful candidate the papers that end there."""

    def __init__(self, sorter: Any, firsts: dict[int, Pile]) -> None:
        self.sorter = sorter
        self.weights: np.ndarray = sorter.weights
        self.joint = np.zeros(len(self.weights), dtype=np.int64)
        self.levels: list[Level] = []  # below the root, which is level 0
        self.ends: dict[int, list[Pile]] = {candidate: [pile] for candidate, pile in firsts.items()}
        self.hung: dict[int, list[tuple[np.ndarray, np.ndarray]]] = {}
        for candidate, pile in firsts.items():
            self._hang(candidate, pile)
        self._gather()

    def move_on(self, changed: Collection[int], *, hopeful: Collection[int], excluded: Collection[int]) -> None:
        open_to = [one not in excluded for one in range(self.sorter.nobody)]
        passing: dict[int, list[Pile]] = {}
        loose: list[Pile] = []
        for candidate in sorted(changed):
            piles = self.ends.pop(candidate, [])
            self.hung.pop(candidate, None)
            if candidate in excluded:
                loose += piles
            elif piles:
                passing[candidate] = piles
        while passing or loose:
            loose += [self._pass(candidate, piles) for candidate, piles in passing.items()]
            pile = self.sorter.join(loose)
            passing, loose = {}, []
            for candidate, share in self.sorter.deal(pile, open_to).items():
                if candidate in hopeful:
                    self.ends.setdefault(candidate, []).append(share)
                    self._hang(candidate, share)
                elif candidate != self.sorter.nobody:
                    passing[candidate] = [share]
        self._gather()

    def _pass(self, candidate: int, piles: list[Pile]) -> Pile:
        """Papers go past an elected candidate: new joints, each a level deeper. Gives the papers back, to be dealt."""
        pile = self.sorter.join(piles)
        joints, place, papers = self._by_joint(pile)
        depths = joints >> LEVEL
        new = np.empty(len(joints), dtype=np.int64)
        for depth in np.unique(depths).tolist():
            here = slice(*np.searchsorted(depths, [depth, depth + 1]).tolist())
            if depth == len(self.levels):
                self.levels.append(Level())
            level = self.levels[depth]
            begin = level.size
            level.add(candidate, joints[here] & PLACE, papers[here])
            new[here] = np.arange(begin, level.size) + ((depth + 1) << LEVEL)
        self.joint[pile.rows] = new[place]
        return pile

    def _hang(self, candidate: int, pile: Pile) -> None:
        joints, _, papers = self._by_joint(pile)
        self.hung.setdefault(candidate, []).append((joints, papers))

    def _by_joint(self, pile: Pile) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The joints of a pile, which of them each paper is at, and papers at each."""
        joints, place = np.unique(self.joint[pile.rows], return_inverse=True)
        papers = np.zeros(len(joints), dtype=np.int64)
        np.add.at(papers, place, self.weights[pile.rows])
        return joints, place, papers

    def _gather(self) -> None:
        """Lay levels and leaves in rows, so that an iteration takes each at once."""
        for level in self.levels:
            level.settle()
        self.offsets = np.cumsum([0, 1, *(level.size for level in self.levels)])
        pieces = [(candidate, *piece) for candidate, hung in self.hung.items() for piece in hung]
        sizes = np.array([len(joints) for _, joints, _ in pieces], dtype=np.int64)
        joints = np.concatenate([joints for _, joints, _ in pieces] or [np.empty(0, dtype=np.int64)])
        self.leaves = Leaves(
            joints=self.offsets[joints >> LEVEL] + (joints & PLACE),
            papers=np.concatenate([papers for _, _, papers in pieces] or [joints]),
            bounds=(np.cumsum(sizes) - sizes).tolist(),
            candidates=[candidate for candidate, _, _ in pieces],
        )

    def votes(self, keep: Sequence[int]) -> list[int]:
        votes = np.zeros(len(keep), dtype=np.int64)
        factors = np.array(keep, dtype=np.int64)
        left = np.empty(self.offsets[-1], dtype=np.int64)
        left[0] = ONE
        for depth, level in enumerate(self.levels):
            above, start, end = self.offsets[depth : depth + 3].tolist()
            have = left[above:start][level.parents]
            kept = factors[level.whose]
            kept *= have
            kept += ONE - 1
            kept //= ONE
            np.subtract(have, kept, out=left[start:end])
            kept *= level.papers
            np.add.at(votes, level.candidates, np.add.reduceat(kept, level.bounds))
        if self.leaves.candidates:
            shares = left[self.leaves.joints]
            shares *= self.leaves.papers
            np.add.at(votes, self.leaves.candidates, np.add.reduceat(shares, self.leaves.bounds))
        return votes.tolist()
