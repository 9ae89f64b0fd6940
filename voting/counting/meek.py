"""What the two Meek rules share: papers split between candidates by keep factors, in thousand-millionths of a vote.

A paper gives each candidate it reaches the keep factor's part of what it still has, rounded up, and goes on with the
rest. Only elected candidates keep less than everything, so a paper's path is the elected candidates it passes and then
the first hopeful one. Papers with equal paths are split alike: they are held together in a tree of paths, and one
iteration walks the tree instead of the papers. Papers move in the tree only when someone is elected or excluded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from voting.counting.papers import Pile
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


@dataclass(slots=True)
class Tree:
    """Paths in a form that one iteration can walk: parents before children.

    joints  (parent joint, elected candidate, papers that come this far)
    leaves  (joint, hopeful candidate, papers)
    """

    joints: list[tuple[int, int, int]] = field(default_factory=list)
    leaves: list[tuple[int, int, int]] = field(default_factory=list)


class Meek:
    """Papers by path, keep factors, and one distribution of the votes at a time."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.keep = [ONE] * len(table.votes)
        self.excluded = set(table.contest.withdrawn)
        self.paths: dict[Path, list[Pile]] = {}
        self.tree = Tree()
        for one in self.excluded:
            self.keep[one] = 0

    def start(self) -> None:
        """The first stage, with every paper at its first preference."""
        self.table.first_preferences()
        for candidate, parcels in enumerate(self.table.parcels):
            if parcels:
                self.paths[(candidate,)] = [parcel.pile for parcel in parcels]
        self.grow()

    def move_on(self, changed: Iterable[int]) -> None:
        """Papers that end at candidates just elected or excluded look for their next preference."""
        ended = set(changed)
        loose = [path for path in self.paths if path[-1] in ended]
        open_to = [one not in self.excluded for one in range(len(self.keep))]
        nobody, hopeful = self.table.sorter.nobody, set(self.table.continuing)
        while loose:
            path = loose.pop()
            pile = self.table.sorter.join(self.paths.pop(path))
            stem = path[:-1] if path[-1] in self.excluded else path
            for candidate, share in self.table.sorter.deal(pile, open_to).items():
                longer = (*stem, candidate)
                if candidate != nobody and candidate not in hopeful and longer not in loose:
                    loose.append(longer)
                self.paths.setdefault(longer, []).append(share)
        self.grow()

    def grow(self) -> None:
        """Lay the paths out as a tree."""
        nobody = self.table.sorter.nobody
        places: dict[Path, int] = {(): 0}
        papers: dict[Path, int] = {(): 0}
        for path, piles in self.paths.items():
            count = sum(pile.papers for pile in piles)
            for depth in range(len(path)):
                papers[path[:depth]] = papers.get(path[:depth], 0) + count
        self.tree = Tree(joints=[(-1, -1, 0)])
        for stem in sorted(papers, key=len)[1:]:
            places[stem] = len(self.tree.joints)
            self.tree.joints.append((places[stem[:-1]], stem[-1], papers[stem]))
        for path, piles in self.paths.items():
            if path[-1] != nobody:
                self.tree.leaves.append((places[path[:-1]], path[-1], sum(pile.papers for pile in piles)))

    def distribute(self) -> None:
        """One distribution: the votes of every candidate, and what is left on papers that ran out."""
        votes = [0] * len(self.keep)
        left = [ONE]
        for parent, candidate, papers in self.tree.joints[1:]:
            kept = up(left[parent] * self.keep[candidate])
            votes[candidate] += kept * papers
            left.append(left[parent] - kept)
        for joint, candidate, papers in self.tree.leaves:
            votes[candidate] += left[joint] * papers
        self.table.votes = votes
        self.table.lost = self.table.valid * ONE - sum(votes)

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
