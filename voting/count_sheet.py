"""A stored count as rows for a table and bars for a chart; plain values."""

from dataclasses import dataclass
from decimal import Decimal

from .models import Count


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
    return SheetTable(tuple(stage["detail"] for stage in stages), tuple(rows), sheet["quota"] or "")


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
