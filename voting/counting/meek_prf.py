"""Meek's method as the Proportional Representation Foundation defines it.

| | |
|---|---|
| Source | Proportional Representation Foundation, Reference Meek Rule (prfound.org/resources/reference/reference-meek-rule) |
| Known departures | none; ties are decided by the election's own lots, which the rule leaves open |
| Checked against | tables of droop 0.14 for society elections of the Tideman collection; the ERS97 model election as counted by Hill, Wichmann and Woodall; a naive counter that walks every paper (``tests/counting/oracles.py``) |

There are no options: nine places, iteration ends at a surplus under 0.000001.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping

from voting.counting.meek import PLACES, Meek
from voting.counting.table import Table
from voting.counting.values import votes_text

__all__ = ["OPTIONS", "PLACES", "MeekPrf"]

OPTIONS: Mapping[str, tuple[str, ...]] = {}
OMEGA = 1_000  # 0.000001 of a vote


class MeekPrf:
    """One count: rounds of iterations, each ending in elections or one exclusion."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.meek = Meek(table)
        self.surplus = 0
        self.order: list[tuple[int, ...]] = []

    def run(self) -> None:
        table = self.table
        self.meek.start()
        self.set_quota()
        table.close_stage()
        while table.vacancies and len(table.continuing) > table.vacancies:
            self.round()
        self.finish()
        self.order = table.order_of_election()

    def finish(self) -> None:
        """B.4: the last places go to those left; if there are none, those left keep nothing, as the sheet shows."""
        table = self.table
        self.meek.close()
        out = [one for one in table.stage.excluded if one not in table.stage.candidates]
        for one in out:
            held = f"{votes_text(table.votes[one], PLACES)} votes"
            table.stage.notes.append(f"{table.contest.names[one]} was excluded with {held}: the seats are full.")
            table.lost += table.votes[one]
            table.votes[one] = 0
        if out:
            table.balance()
            table.close_stage()

    def set_quota(self) -> None:
        """B.2.b: votes still held / (seats + 1), rounded down, and one part more."""
        self.table.quota = sum(self.table.votes) // (self.table.seats + 1) + 1

    def round(self) -> None:
        """B.2: iterate until someone is elected or the surplus stops falling; then exclude the lowest."""
        last: int | None = None
        while True:
            self.meek.distribute()
            self.set_quota()
            if self.elect_on_quota():
                return
            quota = self.table.quota or 0
            self.surplus = max(0, sum(self.table.votes[one] - quota for one in self.table.elected))
            if self.surplus < OMEGA or (last is not None and self.surplus >= last):
                self.exclude(self.lowest())
                return
            last = self.surplus
            self.meek.lower_keep_factors(self.table.elected, quota)

    def elect_on_quota(self) -> bool:
        table = self.table
        quota = table.quota or 0
        reached = [one for one in table.continuing if table.votes[one] >= quota]
        if not reached:
            return False
        table.begin("election")
        for one in sorted(reached, key=lambda one: -table.votes[one]):
            table.elect(one, "quota")
        table.close_stage()
        self.meek.move_on(reached)
        return True

    def lowest(self) -> int:
        """B.3: the lowest; anyone within the surplus of them counts as tied."""
        table = self.table
        order = table.lowest_first()
        tied = [one for one in order if table.votes[one] <= table.votes[order[0]] + self.surplus]
        return tied[0] if len(tied) == 1 else table.draw(sorted(tied), purpose="exclusion")[0]

    def exclude(self, leaving: int) -> None:
        self.table.begin("exclusion", leaving)
        self.meek.drop([leaving])
        self.table.close_stage()
        self.meek.move_on([leaving])
