"""Meek's method as New Zealand counts it.

| | |
|---|---|
| Source | Local Electoral Regulations 2001 (New Zealand) Sch. 1A, as I. D. Hill's program (after Algorithm 123, Computer Journal 30 (1987) 277) carries it out |
| Known departures | where keep factors go round in a circle, with next to no votes left, the lowest candidate is excluded as if nothing had changed; equals are told apart by the election's own lots, not by the program's pseudo-random numbers; weights are rounded as the program does, not product by product as clause 10 says. Statutory parity is not claimed |
| Checked against | nine-place tables of Hill's program, version 6.7.7, for society elections of the Tideman collection; a naive counter that walks every paper (``tests/counting/oracles.py``) |

There are no options.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping

from voting.counting.meek import PLACES, Meek
from voting.counting.table import Table

__all__ = ["OPTIONS", "PLACES", "MeekNz"]

OPTIONS: Mapping[str, tuple[str, ...]] = {}
SETTLED = 100_000  # 0.0001 of a vote


class MeekNz:
    """One count. Every iteration may elect, exclude, or both; those that do become stages."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.meek = Meek(table)
        self.iteration = 0
        self.seen: set[tuple[int, ...]] = set()
        self.order: list[tuple[int, ...]] = []

    def run(self) -> None:
        table = self.table
        self.meek.start()
        while True:
            self.iteration += 1
            self.meek.distribute()
            self.set_quota()
            if self.is_over_after_iteration():
                break
        self.order = table.order_of_election()

    def is_over_after_iteration(self) -> bool:
        """Elect, exclude, lower keep factors; true once nobody is left to decide on."""
        table = self.table
        table.snapshots.append((f"iteration {self.iteration}", tuple(table.votes)))
        quota = table.quota or 0
        if len(table.continuing) <= table.vacancies:
            return self.finish([])
        elected = self.on_quota(quota)
        if len(elected) == table.vacancies:
            return self.finish(elected)
        owners = [one for one in (*table.elected, *elected) if table.votes[one] > quota]
        hopeful = [one for one in table.continuing if one not in elected]
        leaving = self.leaving(hopeful, surplus=sum(table.votes[one] - quota for one in owners))
        votes = tuple(table.votes)
        self.meek.lower_keep_factors(owners, quota)
        if not (elected or leaving) and self.goes_in_circles():
            leaving = [self.lowest(hopeful)]
        if elected or leaving:
            self.seen.clear()
        self.write(elected, leaving, votes)
        return table.vacancies == 0

    def goes_in_circles(self) -> bool:
        """Whether the keep factors are where they were before: iterating further decides nothing."""
        factors = tuple(self.meek.keep)
        if factors in self.seen:
            return True
        self.seen.add(factors)
        return False

    def set_quota(self) -> None:
        """Active votes / (seats + 1), rounded down, and one part more; for one seat, half the active votes."""
        table = self.table
        active = sum(table.votes)
        if table.seats > 1:
            table.quota = active // (table.seats + 1) + 1
            return
        half = -(-active // 2)
        table.quota = half + (sum(votes >= half for votes in table.votes) > 1)

    def on_quota(self, quota: int) -> list[int]:
        table = self.table
        reached = [one for one in table.continuing if table.votes[one] >= quota and table.votes[one]]
        return sorted(reached, key=lambda one: -table.votes[one])

    def leaving(self, hopeful: list[int], *, surplus: int) -> list[int]:
        """Who can be excluded now: the lowest if no surplus can save them, or once the surplus is all but gone."""
        table = self.table
        order = sorted(hopeful, key=lambda one: table.votes[one])
        spare = len(order) - (table.vacancies - (len(table.continuing) - len(hopeful)))
        if spare < 1:
            return []
        if len(order) > 1 and table.votes[order[1]] - table.votes[order[0]] > surplus:
            return order[:1]
        if surplus >= SETTLED:
            return []
        empty = [one for one in order if not table.votes[one]]
        if 1 < len(empty) <= spare:
            return empty
        return [self.lowest(hopeful)]

    def lowest(self, hopeful: list[int]) -> int:
        """The lowest; equals by the first iteration at which they differed, else by lot."""
        table = self.table
        least = min(table.votes[one] for one in hopeful)
        return table.pick([one for one in hopeful if table.votes[one] == least], purpose="exclusion", highest=False)

    # --- The sheet --------------------------------------------------------------------------------------------------

    def write(self, elected: list[int], leaving: list[int], votes: tuple[int, ...]) -> None:
        """A stage for an iteration that decided something; the first iteration is always one."""
        table = self.table
        if not (elected or leaving) and self.iteration > 1:
            return
        if self.iteration > 1:
            table.begin("exclusion" if leaving else "election", *leaving)
        for one in elected:
            table.elect(one, "quota")
        self.meek.drop(leaving)
        table.votes = list(votes)
        table.stage.notes.append(f"Iteration {self.iteration}")
        table.close_stage(snapshot=False)
        self.meek.move_on([*elected, *leaving])

    def finish(self, elected: list[int]) -> bool:
        """The last stage: places filled, everyone else excluded."""
        table = self.table
        if self.iteration > 1:
            table.begin("election")
        for one in elected:
            table.elect(one, "quota")
        self.meek.close()
        table.stage.notes.append(f"Iteration {self.iteration}")
        table.close_stage(snapshot=False)
        return True
