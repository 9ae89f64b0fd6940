"""Alternative vote: one seat, the lowest candidate excluded until someone has a majority.

| | |
|---|---|
| Source | common practice (instant run-off); Electoral Reform Society regulations for the alternative vote where an option says so |
| Known departures | none. Foundation trusts count single seats under their own rules (``nhs_ft``), not these |
| Checked against | two society elections of the Tideman collection, counted by OpenSTV and a second counter; a naive counter (``tests/counting/oracles.py``) |

Options, recorded with the election:

majority         "over_half": more than half of the votes still in play elects. "over_half_of_valid": of all valid
                 papers. "at_least_all_others": as many as all the others together is enough.
group_exclusion  False: one at a time. True: the lowest together when their total does not exceed the next above.
tie              "earliest": fewer votes at the earliest stage that differs; "recent": at the latest; "lot": at once.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from voting.counting.table import Table
from voting.counting.values import CountRefused

PLACES = 0
OPTIONS: Mapping[str, tuple[object, ...]] = {
    "majority": ("over_half", "over_half_of_valid", "at_least_all_others"),
    "group_exclusion": (False, True),
    "tie": ("earliest", "recent", "lot"),
}


class AlternativeVote:
    """One count."""

    def __init__(
        self, table: Table, *, majority: str = "over_half", group_exclusion: bool = False, tie: str = "earliest"
    ) -> None:
        if table.seats != 1:
            raise CountRefused(f"The alternative vote fills 1 seat, not {table.seats}; count by a form of STV.")
        self.table = table
        self.majority = majority
        self.group_exclusion = group_exclusion
        self.tie = tie
        self.order: list[tuple[int, ...]] = []

    def run(self) -> None:
        table = self.table
        table.first_preferences()
        table.close_stage()
        while table.vacancies and table.continuing:
            order = table.lowest_first()
            if len(order) == 1:
                table.elect(order[0], "last remaining")
            elif self.has_majority(order[-1]):
                table.elect(order[-1], "majority")
            else:
                self.exclude(self.lowest())
        self.order = table.order_of_election()

    def has_majority(self, leader: int) -> bool:
        table = self.table
        votes = table.votes[leader]
        others = sum(table.votes[one] for one in table.continuing) - votes
        if self.majority == "at_least_all_others":
            return votes >= others and sum(table.votes[one] == votes for one in table.continuing) == 1
        return 2 * votes > table.valid if self.majority == "over_half_of_valid" else votes > others

    def lowest(self) -> list[int]:
        table = self.table
        order = table.lowest_first()
        votes = [table.votes[one] for one in order]
        if self.group_exclusion:
            totals = list(accumulate(votes))
            for size in range(len(order) - 1, 1, -1):
                if totals[size - 1] <= votes[size] and votes[size - 1] < votes[size]:
                    return order[:size]
        equals = [one for one in order if table.votes[one] == votes[0]]
        if self.tie == "lot" and len(equals) > 1:
            return [*table.draw(equals, purpose="exclusion")]
        return [table.pick(equals, purpose="exclusion", highest=False, latest=self.tie == "recent")]

    def exclude(self, leaving: list[int]) -> None:
        table = self.table
        if len(table.continuing) - len(leaving) == 1 and self.majority != "over_half_of_valid":
            equal_to_the_end = len({table.votes[one] for one in table.continuing}) == 1
            if equal_to_the_end:
                for one in leaving:
                    table.exclude(one)
                return
        table.begin("exclusion", *leaving)
        for one in leaving:
            table.exclude(one)
        holdings = [(one, parcel) for one in leaving for parcel in list(table.parcels[one])]
        if holdings:
            table.move_batch(holdings, value=1)
        table.close_stage()
