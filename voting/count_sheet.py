"""A stored count as rows for a table and bars for a chart; plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .models import Count

APART = 5  # candidates that a chart tells apart; the kit has six fills


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One candidate through the stages, or the votes that went to nobody."""

    name: str
    votes: tuple[str, ...]
    outcome: str
    tone: str


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The whole sheet: what each stage did, and a row a candidate."""

    stages: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    quota: str
    parts: tuple[str, ...] = ()
    stacks: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def columns(self) -> str:
        """The headings, as the table component takes them."""
        numbers = " | ".join(f"Stage {number}:number" for number in range(1, len(self.stages) + 1))
        return f"Candidate | {numbers} | Outcome"


def table_of(count: Count) -> SheetTable:
    """The count sheet, with the votes of every candidate at the end of each stage."""
    sheet = count.sheet
    stages = sheet["stages"]
    names = list(stages[0]["votes"]) if stages else []
    excluded = {name for stage in stages for name in stage["excluded"]}
    rows = [
        SheetRow(
            name,
            tuple(stage["votes"][name] for stage in stages),
            _outcome(name, sheet["elected"], excluded),
            "decided" if name in sheet["elected"] else ("muted" if name in excluded else ""),
        )
        for name in names
    ]
    lost = tuple(stage["non_transferable"] for stage in stages)
    if any(Decimal(votes) for votes in lost):
        rows.append(SheetRow("Not transferable", lost, "", "muted"))
    parts, stacks = _stacks(stages) if len(stages) > 1 else ((), ())
    return SheetTable(tuple(stage["detail"] for stage in stages), tuple(rows), sheet["quota"] or "", parts, stacks)


def _stacks(stages: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """Every stage as one bar: the strongest candidates apart, everything else together; fractions dropped."""
    strength = {name: max(Decimal(stage["votes"][name]) for stage in stages) for name in stages[0]["votes"]}
    apart = sorted(strength, key=lambda name: -strength[name])[: APART if len(strength) > APART + 1 else APART + 1]
    rest = [name for name in strength if name not in apart]
    bars = []
    for number, stage in enumerate(stages, start=1):
        pieces = [int(Decimal(stage["votes"][name])) for name in apart]
        if rest:
            pieces.append(sum(int(Decimal(stage["votes"][name])) for name in rest))
        bars.append((f"Stage {number}", tuple(pieces)))
    return (*apart, *(["All others"] if rest else [])), tuple(bars)


def chart_of(count: Count) -> list[tuple[str, int]]:
    """First preferences, or votes, by candidate: the most first. Whole papers, so whole numbers."""
    stages = count.sheet["stages"]
    if not stages:
        return []
    first = [(name, int(Decimal(votes))) for name, votes in stages[0]["votes"].items()]
    return sorted(first, key=lambda line: -line[1])


def _outcome(name: str, elected: list[str], excluded: set[str]) -> str:
    if name in elected:
        return "Elected"
    return "Excluded" if name in excluded else "Not elected"
