"""Meek's tree of paths in arrays, for large elections. The twin of ``meek.PathTree``.

Joints come in blocks, a block for every step papers have taken past elected candidates; parents are always in earlier
blocks. A joint never changes once it is there: papers leave a joint only downwards. A path that is reached twice may
have two joints, which costs time and changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from voting.counting.meek import ONE
from voting.counting.papers import Pile

MOST_PAPERS = 2**62 // ONE
"""So that papers times nine-place votes stay within 64 bits."""


@dataclass(slots=True)
class Block:
    """Joints made in one step, by candidate.

    parents     the joint each hangs on
    candidates  those passed, and ``bounds`` where each one's joints begin
    whose       the candidate of every joint
    papers      how many papers pass each joint
    """

    parents: np.ndarray
    candidates: list[int]
    bounds: list[int]
    whose: np.ndarray
    papers: np.ndarray


class ArrayTree:
    """Papers by path: every paper has its joint, every hopeful candidate the papers that end there."""

    def __init__(self, sorter: Any, firsts: dict[int, Pile]) -> None:
        self.sorter = sorter
        self.weights: np.ndarray = sorter.weights
        self.joint = np.zeros(len(self.weights), dtype=np.int32)
        self.size = 1
        self.blocks: list[Block] = []
        self.ends: dict[int, list[Pile]] = {candidate: [pile] for candidate, pile in firsts.items()}
        self.leaves: dict[int, list[tuple[np.ndarray, np.ndarray]]] = {}
        for candidate, pile in firsts.items():
            self._hang(candidate, pile)

    def move_on(self, changed: Collection[int], *, hopeful: Collection[int], excluded: Collection[int]) -> None:
        open_to = [one not in excluded for one in range(self.sorter.nobody)]
        passing: dict[int, list[Pile]] = {}
        loose: list[Pile] = []
        for candidate in sorted(changed):
            piles = self.ends.pop(candidate, [])
            self.leaves.pop(candidate, None)
            if candidate in excluded:
                loose += piles
            elif piles:
                passing[candidate] = piles
        while passing or loose:
            if passing:
                loose += self._pass(passing)
            pile = self.sorter.join(loose)
            passing, loose = {}, []
            for candidate, share in self.sorter.deal(pile, open_to).items():
                if candidate in hopeful:
                    self.ends.setdefault(candidate, []).append(share)
                    self._hang(candidate, share)
                elif candidate != self.sorter.nobody:
                    passing[candidate] = [share]

    def _pass(self, passing: dict[int, list[Pile]]) -> list[Pile]:
        """Papers go past elected candidates: a new block of joints. Gives back the papers, to be dealt."""
        parents, papers, whose, bounds, gone = [], [], [], [], []
        size = 0
        for candidate, piles in passing.items():
            pile = self.sorter.join(piles)
            joints, place, counts = self._by_joint(pile)
            self.joint[pile.rows] = self.size + size + place
            bounds.append(size)
            size += len(joints)
            parents.append(joints)
            papers.append(counts)
            whose.append(np.full(len(joints), candidate, dtype=np.int32))
            gone.append(pile)
        self.blocks.append(
            Block(np.concatenate(parents), list(passing), bounds, np.concatenate(whose), np.concatenate(papers))
        )
        self.size += size
        return gone

    def _hang(self, candidate: int, pile: Pile) -> None:
        joints, _, papers = self._by_joint(pile)
        self.leaves.setdefault(candidate, []).append((joints, papers))

    def _by_joint(self, pile: Pile) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The joints of a pile, which of them each paper is at, and papers at each."""
        joints, place = np.unique(self.joint[pile.rows], return_inverse=True)
        papers = np.zeros(len(joints), dtype=np.int64)
        np.add.at(papers, place, self.weights[pile.rows])
        return joints, place.astype(np.int32), papers

    def votes(self, keep: Sequence[int]) -> list[int]:
        votes = [0] * len(keep)
        factors = np.array(keep, dtype=np.int64)
        left = np.empty(self.size, dtype=np.int64)
        left[0] = ONE
        at = 1
        for block in self.blocks:
            have = left[block.parents]
            kept = (have * factors[block.whose] + (ONE - 1)) // ONE
            left[at : at + len(have)] = have - kept
            at += len(have)
            for candidate, share in zip(block.candidates, _sums(kept * block.papers, block.bounds), strict=True):
                votes[candidate] += share
        for candidate, pieces in self.leaves.items():
            votes[candidate] += sum(int((left[joints] * papers).sum()) for joints, papers in pieces)
        return votes


def _sums(amounts: np.ndarray, bounds: list[int]) -> list[int]:
    return np.add.reduceat(amounts, bounds).tolist()
