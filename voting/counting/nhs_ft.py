"""Single transferable vote of the NHS foundation trusts.

| | |
|---|---|
| Source | Model Election Rules 2014 for NHS foundation trusts, rules STV44 to STV51; their parent, the Northern Ireland local election rules (Electoral Law Act (Northern Ireland) 1962 Sch. 5; SI 1985/454 rules 45 to 52), settles the reading |
| Known departures | none. Where the rules are silent: a surplus with no transferable paper is written off whole; a group is excluded only if enough candidates remain; the largest such group goes; votes of someone excluded stay with them once the seats are full |
| Checked against | official stage sheets of the Northern Ireland Assembly elections 2011 to 2017; two society elections of the Tideman collection; a second counter written from the rules (``tests/counting/oracles.py``) |

Options, recorded with the election:

elect_at  "batch": whoever reaches the quota within an exclusion receives no later batch (rule STV49 asks before each).
          "stage_end": they are deemed elected when all batches have moved.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate, groupby

from voting.counting.table import Parcel, Table

PLACES = 2
OPTIONS: Mapping[str, tuple[str, ...]] = {"elect_at": ("batch", "stage_end")}


def transfer_value(*, surplus: int, papers: int, received_at: int) -> int:
    """What each transferable paper carries on when a surplus is passed on; all values in hundredths of a vote.

    surplus      votes above the quota
    papers       papers with a next available preference
    received_at  value of the papers when this candidate received them: the most they can carry

    >>> transfer_value(surplus=500, papers=12, received_at=100)
    41

    Source: STV47.4 and 47.5 (first stage), STV48 (later stages).
    """
    return min(surplus // papers, received_at) if papers else 0


class NhsFt:
    """One count. ``order`` grows as rule STV51 has it: by surpluses transferred, or that would have been."""

    def __init__(self, table: Table, *, elect_at: str = "batch") -> None:
        self.table = table
        self.elect_at = elect_at
        self.quota = 0
        self.waiting: list[int] = []  # owners of surpluses not transferred yet
        self.unplaced: list[int] = []  # elected on the quota, without a place in the order of election yet
        self.order: list[tuple[int, ...]] = []

    def run(self) -> None:
        table = self.table
        table.first_preferences()
        self.quota = (table.valid // (table.seats + 1) + 1) * table.unit
        table.quota = self.quota
        if table.seats > 1:
            self.elect_on_quota()
        table.close_stage()
        while table.vacancies:
            if doomed := table.doomed():
                self.exclude(doomed)
            elif self.fill_last_vacancies():
                break
            elif self.must_transfer():
                self.transfer(self.next_surplus())
            else:
                self.exclude(self.lowest())
        self.finish_order()

    # --- Election ---------------------------------------------------------------------------------------------------

    def elect_on_quota(self) -> None:
        """STV46: whoever has the quota is deemed elected."""
        table = self.table
        for votes, equals in groupby(table.highest_first(), key=lambda one: table.votes[one]):
            for one in table.electable(list(equals)) if votes >= self.quota and table.vacancies else ():
                table.elect(one, "quota")
                self.unplaced.append(one)
                if votes > self.quota:
                    self.waiting.append(one)

    def fill_last_vacancies(self) -> bool:
        """STV50: whether the count is over, once as many continue as are needed or one outweighs all the rest."""
        table = self.table
        if len(table.continuing) <= table.vacancies:
            table.elect_all_continuing()
            return True
        if table.vacancies > 1:
            return False
        *others, leader = table.lowest_first()
        rest = sum(table.votes[one] for one in others)
        if table.votes[others[-1]] == table.votes[leader] or table.votes[leader] < rest + self.untransferred():
            return False
        table.elect(leader, "outweighs the rest")
        return True

    # --- Surpluses --------------------------------------------------------------------------------------------------

    def surplus(self, candidate: int) -> int:
        return self.table.votes[candidate] - self.quota

    def untransferred(self) -> int:
        return sum(map(self.surplus, self.waiting))

    def must_transfer(self) -> bool:
        """STV47.10: a transfer waits while it could change neither who is lowest nor a group to be excluded."""
        if not self.waiting:
            self.settle_order()
            return False
        table = self.table
        order = table.excludable()
        votes = [table.votes[one] for one in order]
        gaps = [votes[1] - votes[0]] if len(votes) > 1 else []
        gaps += [votes[size] - sum(votes[:size]) for size in self.group_sizes(order)]
        if gaps and self.untransferred() >= max(gaps):
            return True
        table.stage.deferred = tuple(sorted(self.waiting, key=self.surplus, reverse=True))
        self.settle_order()
        return False

    def next_surplus(self) -> int:
        """STV47.7 to 47.9: the largest; equals by the earliest stage at which they differed."""
        most = max(map(self.surplus, self.waiting))
        return self.table.pick(
            [one for one in self.waiting if self.surplus(one) == most], purpose="surplus", highest=True
        )

    def transfer(self, owner: int) -> None:
        """One surplus, one stage: the papers last received go on, all of them of one value."""
        table, surplus = self.table, self.surplus(owner)
        self.waiting.remove(owner)
        if owner in self.unplaced:  # not if it was deferred before: that settled its place
            self.unplaced.remove(owner)
            self.order.append((owner,))
        stage = table.begin("surplus", owner)
        parcel = table.parcels[owner].pop()
        piles = table.sorter.deal(parcel.pile, table.open_to)
        spent = piles.get(table.sorter.nobody)
        transferable = parcel.pile.papers - (spent.papers if spent else 0)
        value = transfer_value(surplus=surplus, papers=transferable, received_at=parcel.value or 0)
        stage.surplus, stage.transfer_value = surplus, value
        table.record(piles, value)
        self.credit_surplus(owner, piles, value=value, surplus=surplus, transferable=transferable)
        self.elect_on_quota()
        table.close_stage()

    def credit_surplus(self, owner: int, piles, *, value: int, surplus: int, transferable: int) -> None:
        table = self.table
        table.votes[owner] = self.quota
        table.lost += surplus - value * transferable
        if transferable and value == surplus // transferable:
            table.stage.rounding = surplus % transferable
        for candidate, pile in piles.items():
            if candidate != table.sorter.nobody:
                table.receive(candidate, pile, value=value)
        table.balance()

    # --- Exclusions -------------------------------------------------------------------------------------------------

    def group_sizes(self, order: list[int]) -> list[int]:
        """How many of the lowest may go together, most first, so that enough remain and someone is above them."""
        spare = len(self.table.continuing) - self.table.vacancies
        most = min(spare, len(order) - 1)
        return [size for size in range(most, 1, -1) if self.table.can_spare(order[:size])]

    def lowest(self) -> list[int]:
        """STV49.1 and 49.2: the largest group that cannot overtake the next candidate, else the lowest one."""
        table = self.table
        order = table.excludable()
        votes = [table.votes[one] for one in order]
        totals = list(accumulate(votes))
        for size in self.group_sizes(order):
            if totals[size - 1] + self.untransferred() < votes[size]:
                return order[:size]
        equals = [one for one in order if table.votes[one] == votes[0]]
        return [table.pick(equals, purpose="exclusion", highest=False)]

    def exclude(self, leaving: list[int]) -> None:
        """STV49; if those left are as many as the vacancies, STV50 elects them and no paper moves."""
        table = self.table
        if len(table.continuing) - len(leaving) == table.vacancies:
            for one in leaving:
                table.exclude(one)
            table.elect_all_continuing()
            return
        table.begin("exclusion", *leaving)
        for one in leaving:
            table.exclude(one)
        for value, holdings in batches(table, leaving):
            table.move_batch(holdings, value=value)
            if self.elect_at == "batch":
                self.elect_on_quota()
                if not table.vacancies:
                    break
        self.elect_on_quota()
        table.close_stage()

    # --- STV51: the order of election -------------------------------------------------------------------------------

    def settle_order(self) -> None:
        """What is deferred now counts as transferred, largest first; exactly the quota is the smallest surplus.

        Equal surpluses go by the votes at the earliest stage that differs; what is equal even then stands together.
        """
        self.order += self.ranked(self.unplaced, by=self.surplus)
        self.unplaced = []

    def ranked(self, candidates: list[int], *, by: Callable[[int], int]) -> list[tuple[int, ...]]:
        def standing(one: int) -> tuple[int, ...]:
            return (by(one), *(votes[one] for _, votes in self.table.snapshots))

        best_first = sorted(candidates, key=standing, reverse=True)
        return [tuple(level) for _, level in groupby(best_first, key=standing)]

    def finish_order(self) -> None:
        """Last come those elected without the quota, by their votes."""
        self.settle_order()
        placed = {one for level in self.order for one in level}
        rest = [one for one in self.table.elected if one not in placed]
        self.order += self.ranked(rest, by=lambda one: self.table.votes[one])


def batches(table: Table, leaving: list[int]) -> list[tuple[int, list[tuple[int, Parcel]]]]:
    """STV49.3 to 49.8: first-preference papers first, then transferred papers, highest value first."""
    sorted_by: dict[tuple[bool, int], list[tuple[int, Parcel]]] = {}
    for one in leaving:
        for parcel in table.parcels[one]:
            sorted_by.setdefault((parcel.first, parcel.value or 0), []).append((one, parcel))
    return [(key[1], sorted_by[key]) for key in sorted(sorted_by, reverse=True)]
