"""Single transferable vote of the Electoral Reform Society, 1997.

| | |
|---|---|
| Source | R. A. Newland and F. S. Britton, How to conduct an election by the Single Transferable Vote, 3rd edition (Electoral Reform Society 1997), section 5 |
| Known departures | none. Where the rules are silent: nobody is elected on no votes at all by the active-vote test; a group is excluded only if no one outside it has as few votes as someone in it |
| Checked against | the booklet's model election; a published students' union result of 2021; two society elections of the Tideman collection; a second counter written from the rules (``tests/counting/oracles.py``) |

There are no options.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, groupby

from voting.counting.table import Parcel, Table

PLACES = 2
OPTIONS: Mapping[str, tuple[str, ...]] = {}


def quota(*, valid: int, seats: int) -> int:
    """Votes needed, in hundredths: valid votes / (seats + 1), rounded up at the second decimal.

    valid  whole papers still in the count

    >>> quota(valid=753, seats=6)
    10758

    Source: ERS97 5.1.4.
    """
    return -(-100 * valid // (seats + 1))


def transfer_value(*, surplus: int, papers: int, received_at: int) -> int:
    """What each transferable paper carries on, in hundredths: a share of the surplus, at most its present value.

    >>> transfer_value(surplus=2642, papers=123, received_at=100)
    21

    Source: ERS97 5.3.3 to 5.3.6.
    """
    return surplus // papers if papers * received_at > surplus else received_at


class Ers97:
    """One count. Votes are remembered after every batch, since ties look back to any of them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.quota = 0
        self.waiting: list[int] = []
        self.order: list[tuple[int, ...]] = []

    def run(self) -> None:
        table = self.table
        table.first_preferences()
        self.set_quota()
        self.after_batch("1")
        table.close_stage(snapshot=False)
        while table.vacancies and table.continuing:
            if doomed := table.doomed():
                self.exclude(doomed)
            elif len(table.continuing) <= table.vacancies:
                table.elect_all_continuing()
            elif self.must_transfer():
                self.transfer(self.next_surplus())
            else:
                self.exclude(self.lowest())
        self.order = table.order_of_election()

    def set_quota(self) -> None:
        """5.1.4, and 5.2.2 e: it falls with papers that run out before anyone is elected."""
        table = self.table
        self.quota = quota(valid=table.valid - table.lost // table.unit, seats=table.seats)
        table.quota = self.quota

    # --- Election ---------------------------------------------------------------------------------------------------

    def active_vote(self) -> int:
        """5.6.1: votes of those continuing, with votes awaiting transfer."""
        table = self.table
        settled = sum(min(table.votes[one], self.quota) for one in table.elected)
        return table.valid * table.unit - table.lost - settled

    def after_batch(self, name: str) -> None:
        """Remember the votes and elect whoever now has enough: the quota, or their share of the active vote."""
        table = self.table
        table.snapshots.append((name, tuple(table.votes)))
        for votes, group in groupby(table.highest_first(), key=lambda one: table.votes[one]):
            equals = list(group)
            if not table.vacancies or not self.is_enough(votes):
                return
            why = "quota" if votes >= self.quota else "share of the active vote"
            for one in self.preferred(table.electable(equals)):
                table.elect(one, why)
                if table.votes[one] > self.quota:
                    self.waiting.append(one)

    def is_enough(self, votes: int) -> bool:
        if votes >= self.quota:
            return votes > 0
        return votes > 0 and votes * (self.table.vacancies + 1) >= self.active_vote()

    def preferred(self, equals: list[int]) -> list[int]:
        """5.6.2: with too few places for equals, those with more votes at the earliest difference, or none yet."""
        table = self.table
        if len(equals) <= table.vacancies:
            return equals

        def past(one: int) -> tuple[int, ...]:
            return tuple(votes[one] for _, votes in table.snapshots)

        ranked = sorted(equals, key=past, reverse=True)
        first_out = past(ranked[table.vacancies])
        chosen = [one for one in ranked[: table.vacancies] if past(one) > first_out]
        if chosen:
            table.note_tie(equals, chosen, purpose="seat", how="stage", earlier="an earlier batch")
        return chosen

    # --- Surpluses --------------------------------------------------------------------------------------------------

    def surplus(self, candidate: int) -> int:
        return self.table.votes[candidate] - self.quota

    def untransferred(self) -> int:
        return sum(map(self.surplus, self.waiting))

    def must_transfer(self) -> bool:
        """5.2.3: surpluses wait while together they cannot change who is excluded next."""
        if not self.waiting:
            return False
        table = self.table
        votes = [table.votes[one] for one in table.excludable()]
        if len(votes) > 1 and self.untransferred() > votes[1] - votes[0] and self.group_size() == 1:
            return True
        table.stage.deferred = tuple(sorted(self.waiting, key=self.surplus, reverse=True))
        return False

    def next_surplus(self) -> int:
        """5.3.1 and 5.3.2: the largest; equals by the earliest batch after which they differed."""
        most = max(map(self.surplus, self.waiting))
        return self.table.pick(
            [one for one in self.waiting if self.surplus(one) == most], purpose="surplus", highest=True
        )

    def transfer(self, owner: int) -> None:
        """5.3: the papers last received go on, all of them of one value."""
        table, surplus = self.table, self.surplus(owner)
        self.waiting.remove(owner)
        stage = table.begin("surplus", owner)
        parcel = table.parcels[owner].pop()
        received_at = parcel.value or 0
        piles = table.sorter.deal(parcel.pile, table.open_to)
        spent = piles.get(table.sorter.nobody)
        transferable = parcel.pile.papers - (spent.papers if spent else 0)
        value = transfer_value(surplus=surplus, papers=transferable, received_at=received_at)
        stage.surplus, stage.transfer_value = surplus, value
        table.record(piles, value)
        table.votes[owner] = self.quota
        table.lost += surplus - value * transferable
        if transferable * received_at > surplus:
            stage.rounding = surplus - value * transferable
        for candidate, pile in piles.items():
            if candidate != table.sorter.nobody:
                table.receive(candidate, pile, value=value)
        table.balance()
        self.after_batch(str(len(table.drafts)))
        table.close_stage(snapshot=False)

    # --- Exclusions -------------------------------------------------------------------------------------------------

    def group_size(self) -> int:
        """5.2.5: how many of the lowest go together, since even with all surpluses they cannot pass the next."""
        table = self.table
        order = table.excludable()
        votes = [table.votes[one] for one in order]
        totals = list(accumulate(votes))
        for size in range(min(len(table.continuing) - table.vacancies, len(order) - 1), 1, -1):
            enough_below = totals[size - 1] + self.untransferred() <= votes[size]
            if enough_below and votes[size - 1] < votes[size] and table.can_spare(order[:size]):
                return size
        return 1

    def lowest(self) -> list[int]:
        """5.2.5 and 5.2.6: a group, or the lowest; equals by the earliest batch after which they differed."""
        table = self.table
        order = table.excludable()
        size = self.group_size()
        if size > 1:
            return order[:size]
        equals = [one for one in order if table.votes[one] == table.votes[order[0]]]
        return [table.pick(equals, purpose="exclusion", highest=False)]

    def exclude(self, leaving: list[int]) -> None:
        """5.4; if those left are as many as the vacancies, they are elected and no paper moves."""
        table = self.table
        if len(table.continuing) - len(leaving) == table.vacancies:
            for one in leaving:
                table.exclude(one)
            table.elect_all_continuing()
            return
        table.begin("exclusion", *leaving)
        for one in leaving:
            table.exclude(one)
        for number, (value, holdings) in enumerate(batches(table, leaving), start=1):
            table.move_batch(holdings, value=value)
            if not table.elected:
                self.set_quota()
            self.after_batch(f"{len(table.drafts)}, batch {number}")
            if not table.vacancies:
                break
        table.close_stage(snapshot=False)


def batches(table: Table, leaving: list[int]) -> list[tuple[int, list[tuple[int, Parcel]]]]:
    """5.4.3: all parcels of one value together, first preferences with the rest; highest value first."""
    sorted_by: dict[int, list[tuple[int, Parcel]]] = {}
    for one in leaving:
        for parcel in table.parcels[one]:
            sorted_by.setdefault(parcel.value or 0, []).append((one, parcel))
    return sorted(sorted_by.items(), reverse=True)
