"""What the two Meek rules share: papers split between candidates by keep factors, in thousand-millionths of a vote.

A paper gives each candidate it reaches the keep factor's part of what it still has, rounded up, and goes on with the
rest. Only elected candidates keep less than everything, so a paper's path is the elected candidates it passes and then
the first hopeful one. Papers with equal paths are split alike: they are held together in a tree of paths, and one
iteration walks the tree instead of the papers. Papers move in the tree only when someone is elected or excluded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from voting.counting.papers import Pile, PlainSorter, Sorter
from voting.counting.table import Table

PLACES = 9
ONE = 10**PLACES

Path = tuple[int, ...]


def up(numerator: int, denominator: int = ONE) -> int:
    """Division rounded up. ``up(a * b)`` multiplies two nine-place numbers.

    >>> up(20_000_000_001 * ONE, 57 * ONE)
    350877193
    """
    return -(-numerator // denominator)


class Tree(Protocol):
    """Papers by their path, and how an iteration splits them."""

    def move_on(self, changed: Collection[int], *, hopeful: Collection[int], excluded: Collection[int]) -> None:
        """Papers that end at candidates just elected or excluded look for their next preference."""

    def votes(self, keep: Sequence[int]) -> list[int]:
        """One distribution under these keep factors."""


class PathTree:
    """The tree in dictionaries: small elections, and very large weights."""

    def __init__(self, sorter: Sorter, firsts: dict[int, Pile]) -> None:
        self.sorter = sorter
        self.paths: dict[Path, list[Pile]] = {(candidate,): [pile] for candidate, pile in firsts.items()}
        self.joints: list[tuple[int, int, int]] = []  # (parent joint, elected candidate, papers that come this far)
        self.leaves: list[tuple[int, int, int]] = []  # (joint, hopeful candidate, papers)
        self._grow()

    def move_on(self, changed: Collection[int], *, hopeful: Collection[int], excluded: Collection[int]) -> None:
        nobody = self.sorter.nobody
        open_to = [one not in excluded for one in range(nobody)]
        loose = [path for path in self.paths if path[-1] in changed]
        while loose:
            path = loose.pop()
            pile = self.sorter.join(self.paths.pop(path))
            stem = path[:-1] if path[-1] in excluded else path
            for candidate, share in self.sorter.deal(pile, open_to).items():
                longer = (*stem, candidate)
                if candidate != nobody and candidate not in hopeful and longer not in loose:
                    loose.append(longer)
                self.paths.setdefault(longer, []).append(share)
        self._grow()

    def _grow(self) -> None:
        """Lay the paths out so that one iteration can walk them: parents before children."""
        places: dict[Path, int] = {(): 0}
        papers: dict[Path, int] = {(): 0}
        for path, piles in self.paths.items():
            count = sum(pile.papers for pile in piles)
            for depth in range(len(path)):
                papers[path[:depth]] = papers.get(path[:depth], 0) + count
        self.joints, self.leaves = [(-1, -1, 0)], []
        for stem in sorted(papers, key=len)[1:]:
            places[stem] = len(self.joints)
            self.joints.append((places[stem[:-1]], stem[-1], papers[stem]))
        for path, piles in self.paths.items():
            if path[-1] != self.sorter.nobody:
                self.leaves.append((places[path[:-1]], path[-1], sum(pile.papers for pile in piles)))

    def votes(self, keep: Sequence[int]) -> list[int]:
        votes = [0] * len(keep)
        left = [ONE]
        for parent, candidate, papers in self.joints[1:]:
            kept = up(left[parent] * keep[candidate])
            votes[candidate] += kept * papers
            left.append(left[parent] - kept)
        for joint, candidate, papers in self.leaves:
            votes[candidate] += left[joint] * papers
        return votes


def plant(sorter: Sorter, firsts: dict[int, Pile]) -> Tree:
    """The tree that suits the papers."""
    if isinstance(sorter, PlainSorter):
        return PathTree(sorter, firsts)
    from voting.counting.meek_arrays import MOST_PAPERS, ArrayTree

    if sum(pile.papers for pile in firsts.values()) > MOST_PAPERS:
        return PathTree(sorter, firsts)
    return ArrayTree(sorter, firsts)


class Meek:
    """Keep factors, and one distribution of the votes at a time."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.keep = [ONE] * len(table.votes)
        self.excluded = set(table.contest.withdrawn)
        self.tree: Tree
        for one in self.excluded:
            self.keep[one] = 0

    def start(self) -> None:
        """The first stage, with every paper at its first preference."""
        self.table.first_preferences()
        firsts = {candidate: parcels[0].pile for candidate, parcels in enumerate(self.table.parcels) if parcels}
        self.tree = plant(self.table.sorter, firsts)

    def move_on(self, changed: Iterable[int]) -> None:
        """Papers of candidates just elected or excluded pass to the next; not when the count is over."""
        if self.table.vacancies:
            self.tree.move_on(set(changed), hopeful=set(self.table.continuing), excluded=self.excluded)

    def distribute(self) -> None:
        """One distribution: the votes of every candidate, and what is left on papers that ran out."""
        self.table.votes = self.tree.votes(self.keep)
        self.table.lost = self.table.valid * ONE - sum(self.table.votes)

    def lower_keep_factors(self, owners: Iterable[int], quota: int) -> None:
        """Keep only what makes the quota."""
        for one in owners:
            self.keep[one] = up(up(self.keep[one] * quota) * ONE, self.table.votes[one])

    def drop(self, leaving: Iterable[int]) -> None:
        """Exclude candidates; their papers pass to the next."""
        for one in leaving:
            self.table.exclude(one)
            self.excluded.add(one)
            self.keep[one] = 0

    def close(self) -> None:
        """Whoever is still hopeful when the seats are full is excluded; if places are left they are elected."""
        table = self.table
        for one in table.highest_first():
            if table.vacancies:
                table.elect(one, "last vacancies")
        for one in table.lowest_first():
            table.exclude(one)
