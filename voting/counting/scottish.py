"""Single transferable vote of Scottish local government: the weighted inclusive Gregory method.

| | |
|---|---|
| Source | Scottish Local Government Elections Order 2011 (SSI 2011/399) Sch. 1, as its predecessor SSI 2007/42 rules 45 to 52 words the method |
| Known departures | none. The Order lets the count stop before the last exclusion's papers move; official counts move them, and so does this (``transfer_last_exclusion``) |
| Checked against | official stage tables of council wards of 2007, 2017 and 2022; two wards of 2012 counted by OpenSTV and droop; a second counter written from the rules (``tests/counting/oracles.py``) |

Options, recorded with the election:

transfer_last_exclusion  whether the papers of the last candidate excluded move although the seats are then decided.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from voting.counting.papers import Pile
from voting.counting.table import Table

PLACES = 5
OPTIONS: Mapping[str, tuple[bool, ...]] = {"transfer_last_exclusion": (True, False)}


class Scottish:
    """One count: every surplus moves before anyone is excluded, and one candidate is excluded at a time."""

    def __init__(self, table: Table, *, transfer_last_exclusion: bool = True) -> None:
        self.table = table
        self.transfer_last_exclusion = transfer_last_exclusion
        self.quota = 0
        self.waiting: list[int] = []
        self.order: list[tuple[int, ...]] = []

    def run(self) -> None:
        table = self.table
        table.first_preferences()
        self.quota = (table.valid // (table.seats + 1) + 1) * table.unit
        table.quota = self.quota
        self.close_stage()
        while table.vacancies and table.continuing:
            if doomed := table.doomed():
                self.exclude(*doomed)
            elif len(table.continuing) <= table.vacancies:
                table.elect_all_continuing()
            elif self.waiting:
                self.transfer(self.next_surplus())
            else:
                self.exclude(self.lowest())
        self.order = table.order_of_election()

    def close_stage(self) -> None:
        """Rule 47: at the end of a stage, whoever has the quota is deemed elected."""
        table = self.table
        for votes, equals in groupby(table.highest_first(), key=lambda one: table.votes[one]):
            for one in table.electable(list(equals)) if votes >= self.quota and table.vacancies else ():
                table.elect(one, "quota")
                if votes > self.quota:
                    self.waiting.append(one)
        table.close_stage()

    # --- Surpluses --------------------------------------------------------------------------------------------------

    def next_surplus(self) -> int:
        """Rule 49: the largest; equals by the most recent stage at which they differed."""
        votes = self.table.votes
        most = max(votes[one] for one in self.waiting)
        return self.table.pick(
            [one for one in self.waiting if votes[one] == most], purpose="surplus", highest=True, latest=True
        )

    def transfer(self, owner: int) -> None:
        """Rule 48: all the candidate's papers go on, each at surplus x its value / the candidate's votes."""
        table = self.table
        total = table.votes[owner]
        surplus = total - self.quota
        self.waiting.remove(owner)
        stage = table.begin("surplus", owner)
        stage.surplus = surplus
        pile = self.take_all(owner)
        table.sorter.reduce(pile, surplus=surplus, total=total)
        table.votes[owner] = self.quota
        passed_on = self.hand_on(pile)
        table.lost += surplus - passed_on
        stage.rounding = surplus - table.sorter.worth(pile)
        stage.transfer_value = surplus * table.unit // total
        table.balance()
        self.close_stage()

    # --- Exclusions -------------------------------------------------------------------------------------------------

    def lowest(self) -> int:
        """Rule 50: the lowest; equals by the most recent stage at which they differed."""
        table = self.table
        order = table.excludable()
        equals = [one for one in order if table.votes[one] == table.votes[order[0]]]
        return table.pick(equals, purpose="exclusion", highest=False, latest=True)

    def exclude(self, *leaving: int) -> None:
        """Rule 50: all the candidate's papers go on at the value they have."""
        table = self.table
        if len(table.continuing) - len(leaving) == table.vacancies and not self.transfer_last_exclusion:
            for one in leaving:
                table.exclude(one)
            return
        table.begin("exclusion", *leaving)
        piles = []
        held = 0
        for one in leaving:
            table.exclude(one)
            held += table.votes[one]
            table.votes[one] = 0
            piles.append(self.take_all(one))
        table.lost += held - self.hand_on(table.sorter.join(piles))
        table.balance()
        self.close_stage()

    # --- Papers -----------------------------------------------------------------------------------------------------

    def take_all(self, holder: int) -> Pile:
        piles = [parcel.pile for parcel in self.table.parcels[holder]]
        self.table.parcels[holder] = []
        return self.table.sorter.join(piles)

    def hand_on(self, pile: Pile) -> int:
        """Deal the papers and credit each at its own value; returns the votes that found a taker."""
        table, sorter = self.table, self.table.sorter
        piles = sorter.deal(pile, table.open_to)
        table.record(piles, None)
        passed_on = 0
        for candidate, share in piles.items():
            if candidate != sorter.nobody:
                worth = sorter.worth(share)
                passed_on += worth
                table.credit(candidate, share, worth=worth)
        return passed_on
