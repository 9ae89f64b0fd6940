"""A seat that falls vacant between elections, filled from the last count.

| | |
|---|---|
| Source | recount: ERS97 section 7; next highest candidate: the choice model constitutions give councils of governors |
| Known departures | under STV no rule book says who is "next highest"; here it is the order in which candidates were left standing |
| Checked against | the examples in ``tests/counting/test_vacancies.py`` |
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from voting.counting.counting import count
from voting.counting.lots import Lots
from voting.counting.reserved import Reserved
from voting.counting.values import Contest, CountRefused, CountResult


@dataclass(frozen=True, slots=True)
class Recount:
    """A recount for one vacancy. ``filled_by`` is None if nobody was left to elect."""

    result: CountResult
    filled_by: int | None


def recount(
    contest: Contest,
    rule: str,
    *,
    vacating: int,
    sitting: Collection[int],
    unwilling: Collection[int] = (),
    seats: int | None = None,
    options: Mapping[str, object] | None = None,
    lots: Lots | None = None,
) -> Recount:
    """Count all the original papers again without the member who leaves, until someone new is elected.

    vacating   the member whose seat it is
    sitting    the other members elected in this contest: they cannot be excluded
    unwilling  candidates who no longer want or may have a seat

    Source: ERS97 section 7.
    """
    places = contest.seats if seats is None else seats
    if len(sitting) >= places:
        raise CountRefused(f"All {places} seats are taken; there is no vacancy to fill.")
    out = {vacating, *unwilling}
    if out & set(sitting):
        raise CountRefused("A sitting member cannot be passed over in the recount.")
    result = count(
        replace(contest, withdrawn=contest.withdrawn | out),
        rule,
        seats=places,
        options=options,
        lots=lots,
        reserved=[Reserved("sitting members", frozenset(sitting), at_least=len(sitting))],
    )
    return Recount(result, next((one for one in result.elected if one not in sitting), None))


def next_highest(result: CountResult) -> list[tuple[int, ...]]:
    """Those not elected, best first; equals stand together, and a lot decides between them if it comes to that.

    By most votes they are simply in order of votes. In a ranked count come first those left standing at the end, by
    their last votes, then those excluded, the last one first; equals by the earliest stage at which they differed.
    """
    placed = {*result.elected, *result.withdrawn}
    groups: list[list[int]] = [[one for one in range(len(result.names)) if one not in placed | excluded_in(result)]]
    groups += [list(stage.excluded) for stage in reversed(result.stages)]

    def standing(one: int) -> tuple[int, ...]:
        votes = [stage.votes[one] for stage in result.stages]
        return (_votes_when_out(result, one), *votes)

    order: list[tuple[int, ...]] = []
    for group in groups:
        ranked = sorted((one for one in group if one not in placed), key=standing, reverse=True)
        order += [tuple(level) for _, level in groupby(ranked, key=standing)]
    return order


def excluded_in(result: CountResult) -> set[int]:
    return {one for stage in result.stages for one in stage.excluded}


def _votes_when_out(result: CountResult, candidate: int) -> int:
    """Votes at the end, or before the exclusion moved them."""
    before = 0
    for stage in result.stages:
        if candidate in stage.excluded and candidate in stage.candidates:
            return before
        before = stage.votes[candidate]
    return before
