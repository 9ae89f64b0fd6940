"""Reserved places: at least so many of one group, at most so many of another, in one count.

| | |
|---|---|
| Source | guard and doom: I. D. Hill, "STV with constraints", Voting matters 9 (1998); J. Otten, "Fuller disclosure than intended", Voting matters 17 (2003), as Electoral Reform Society counts apply it |
| Known departures | none. If fewer of a group stand than are reserved for it, the reservation falls to their number, and the result says so |
| Checked against | the example in ``tests/counting/test_reserved.py``; every completion tried one by one, in small elections |

Before every decision the completions of the elected that keep all reservations are found. A continuing candidate in
none of them is doomed and excluded at once, with or without a quota; one in all of them is guarded and never excluded.
Candidates are not told apart but by the groups they are in, so it is enough to look at how many come from each kind.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from voting.counting.values import CountRefused


@dataclass(frozen=True, slots=True)
class Reserved:
    """A group of candidates and how many of them may be elected. ``at_most`` None is no limit."""

    name: str
    members: frozenset[int]
    at_least: int = 0
    at_most: int | None = None


class Guard:
    """Reservations at work in one count."""

    def __init__(self, reserved: Sequence[Reserved], *, seats: int, standing: Iterable[int]) -> None:
        self.seats = seats
        self.notes: list[str] = []
        stand = frozenset(standing)
        self.reserved = [self._relaxed(one, stand) for one in reserved]
        if not self.allows([], stand):
            names = ", ".join(one.name for one in reserved)
            raise CountRefused(f"No {seats} of those standing keep all the reservations: {names}.")

    def _relaxed(self, one: Reserved, standing: frozenset[int]) -> Reserved:
        members = one.members & standing
        if len(members) >= one.at_least:
            return Reserved(one.name, members, one.at_least, one.at_most)
        self.notes.append(
            f"{one.at_least} places are reserved for {one.name}, but only {len(members)} stand, so {len(members)} "
            "are kept."
        )
        return Reserved(one.name, members, len(members), one.at_most)

    def allows(self, elected: Iterable[int], continuing: Iterable[int]) -> bool:
        """Whether those elected can be completed from those continuing."""
        return next(self._completions(elected, continuing), None) is not None

    def verdict(self, elected: Iterable[int], continuing: Iterable[int]) -> tuple[frozenset[int], frozenset[int]]:
        """The doomed and the guarded among those continuing."""
        kinds = self._kinds(continuing)
        least = {kind: len(members) for kind, members in kinds.items()}
        most = dict.fromkeys(kinds, 0)
        for completion in self._completions(elected, continuing):
            for kind, number in completion.items():
                least[kind] = min(least[kind], number)
                most[kind] = max(most[kind], number)
        doomed = frozenset(one for kind, members in kinds.items() if not most[kind] for one in members)
        guarded = frozenset(one for kind, members in kinds.items() if least[kind] == len(members) for one in members)
        return doomed, guarded - doomed

    def _kinds(self, candidates: Iterable[int]) -> dict[tuple[bool, ...], list[int]]:
        """Candidates by which groups they are in."""
        kinds: dict[tuple[bool, ...], list[int]] = {}
        for one in candidates:
            kinds.setdefault(tuple(one in group.members for group in self.reserved), []).append(one)
        return kinds

    def _completions(self, elected: Iterable[int], continuing: Iterable[int]) -> Iterator[dict[tuple[bool, ...], int]]:
        """How many of each kind might take the places left."""
        chosen = list(elected)
        kinds = self._kinds(continuing)
        places = min(self.seats - len(chosen), sum(map(len, kinds.values())))
        have = [sum(one in group.members for one in chosen) for group in self.reserved]
        if places < 0:
            return
        for numbers in product(*(range(min(len(members), places) + 1) for members in kinds.values())):
            if sum(numbers) != places:
                continue
            totals = [
                start + sum(number for kind, number in zip(kinds, numbers, strict=True) if kind[place])
                for place, start in enumerate(have)
            ]
            if all(self._kept(group, total) for group, total in zip(self.reserved, totals, strict=True)):
                yield dict(zip(kinds, numbers, strict=True))

    @staticmethod
    def _kept(group: Reserved, total: int) -> bool:
        return total >= group.at_least and (group.at_most is None or total <= group.at_most)
