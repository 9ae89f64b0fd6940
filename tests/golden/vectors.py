"""Small elections worked by hand or counted elsewhere, with every stage of their sheets."""

from __future__ import annotations

from voting.counting.export import result_json
from voting.counting.values import CountResult


def sheet(result: CountResult) -> list[dict[str, str]]:
    """The votes of each stage, with non-transferable votes as "NT"."""
    return [stage["votes"] | {"NT": stage["non_transferable"]} for stage in result_json(result)["stages"]]


def elections(result: CountResult) -> list[str]:
    """Who was elected at each stage, as one string of letters."""
    return ["".join(stage["elected"]) for stage in result_json(result)["stages"]]


def columns(table: str) -> list[dict[str, str]]:
    """A sheet written as text: a row a candidate, a column a stage."""
    rows = [line.split() for line in table.strip().splitlines()]
    return [{name: cells[stage] for name, *cells in rows} for stage in range(len(rows[0]) - 1)]
