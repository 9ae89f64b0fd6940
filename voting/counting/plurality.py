"""Most votes win: first past the post, for one seat or several, and approval voting.

| | |
|---|---|
| Source | Model Election Rules 2014 for NHS foundation trusts, rules FPP44 to FPP51; for approval, common practice |
| Known departures | none. A paper with more marks than allowed is rejected whole |
| Checked against | constituencies of the 2015 general election; a society election of the Tideman collection read as approvals |

Every candidate marked on a paper has one vote from it, in whatever order they are marked.

Option of first past the post, recorded with the election:

max_votes  how many candidates a paper may mark: the seats, unless the rules say fewer (limited vote; 1 is SNTV).
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Mapping

from voting.counting.table import Table
from voting.counting.values import Batch, CountRefused

PLACES = 0
OPTIONS: Mapping[str, Mapping[str, object]] = {"FirstPastThePost": {"max_votes": ...}, "Approval": {}}


class Plurality:
    """One count of marks: a paper may mark up to ``most_marks`` candidates."""

    def __init__(self, table: Table, *, most_marks: int) -> None:
        self.table = table
        self.most_marks = most_marks
        self.order: list[tuple[int, ...]] = []

    def run(self) -> None:
        table = self.table
        table.begin("first")
        for weight, marked in self.marks():
            chosen = [one for one in marked if one not in table.contest.withdrawn]
            if not 0 < len(chosen) <= self.most_marks:
                table.invalid += weight
                continue
            table.valid += weight
            for one in chosen:
                table.votes[one] += weight
        table.stage.batches.append(Batch(1, table.valid, {one: table.votes[one] for one in table.continuing}, 0))
        table.close_stage()
        self.elect_highest()

    def marks(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        contest = self.table.contest
        yield from contest.papers
        for weight, marks in contest.irregular:
            yield weight, tuple(one for mark in marks for one in _candidates(mark))

    def elect_highest(self) -> None:
        """FPP51: the lot decides only where one vote more would decide a seat."""
        table = self.table
        order = table.highest_first()
        if len(order) > table.seats:
            last = table.votes[order[table.seats - 1]]
            clear = [one for one in order if table.votes[one] > last]
            level = [one for one in order if table.votes[one] == last]
            places = table.seats - len(clear)
            drawn = table.draw(sorted(level), purpose="seat", places=places) if len(level) > places else level
            order = [*clear, *drawn]
        for one in order:
            table.elect(one, "most votes")
        self.order = table.order_of_election()


class FirstPastThePost(Plurality):
    """As many marks as seats, or ``max_votes`` if the rules say fewer."""

    def __init__(self, table: Table, *, max_votes: object = None) -> None:
        if max_votes is None:
            max_votes = table.seats
        if not isinstance(max_votes, int) or not 1 <= max_votes <= table.seats:
            raise CountRefused(f"max_votes can be 1 to {table.seats}, the seats to fill, not {max_votes!r}.")
        super().__init__(table, most_marks=max_votes)


class Approval(Plurality):
    """Any number of marks."""

    def __init__(self, table: Table) -> None:
        super().__init__(table, most_marks=len(table.votes))


def _candidates(mark: int | tuple[int, ...] | None) -> tuple[int, ...]:
    if mark is None:
        return ()
    return mark if isinstance(mark, tuple) else (mark,)
