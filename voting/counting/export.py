"""A result as data for others: the JSON of the command line, and the stage table as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from voting.counting.values import CountResult, Stage, Tie, listed, votes_text

if TYPE_CHECKING:
    from typing import TextIO


def result_json(result: CountResult) -> dict[str, Any]:
    """The result as JSON-ready values; votes and quota are decimal strings with all the rule's places."""
    return {
        "rule": result.rule,
        "title": result.title,
        "seats": result.seats,
        "valid": result.valid,
        "invalid": result.invalid,
        "quota": quota_text(result, result.quota),
        "elected": list(result.elected_names),
        "stages": [stage_json(result, stage) for stage in result.stages],
        "ties": [tie_json(result, tie) for tie in result.ties],
        "options": dict(result.options),
    }


def stage_json(result: CountResult, stage: Stage) -> dict[str, Any]:
    return {
        "kind": stage.kind,
        "detail": stage_sentence(result, stage),
        "votes": {
            name: votes_text(votes, result.places) for name, votes in zip(result.names, stage.votes, strict=True)
        },
        "non_transferable": votes_text(stage.non_transferable, result.places),
        "elected": [result.names[who.candidate] for who in stage.elected],
        "excluded": [result.names[one] for one in stage.excluded],
    }


def tie_json(result: CountResult, tie: Tie) -> dict[str, Any]:
    return {
        "stage": tie.stage,
        "purpose": tie.purpose,
        "candidates": [result.names[one] for one in tie.tied],
        "chosen": [result.names[one] for one in tie.chosen],
        "how": tie.how,
        "earlier": tie.earlier,
        "event": tie.event,
    }


def quota_text(result: CountResult, quota: int | None) -> str | None:
    """The quota as the rule writes it: whole under the NHS and Scottish rules."""
    if quota is None:
        return None
    return votes_text(quota // 10 ** (result.places - result.quota_places), result.quota_places)


def stage_name(result: CountResult, stage: Stage) -> str:
    """A stage in a few words."""
    names = [result.names[one] for one in stage.candidates]
    if stage.kind == "first":
        return "First preferences" if stage.quota is not None or len(result.stages) > 1 else "Votes"
    if stage.kind in ("surplus", "exclusion"):
        return f"{stage.kind.capitalize()} of {listed(names)}"
    return f"Election of {listed(result.names[who.candidate] for who in stage.elected)}" if stage.elected else "End"


def stage_sentence(result: CountResult, stage: Stage) -> str:
    """A stage in a few words, with the figures of a surplus."""
    if stage.kind != "surplus" or stage.surplus is None:
        return stage_name(result, stage)
    return f"{stage_name(result, stage)}: {votes_text(stage.surplus, result.places)}{_value(result, stage)}"


def _value(result: CountResult, stage: Stage) -> str:
    if stage.transfer_value is None:
        return ""
    return f", transfer value {votes_text(stage.transfer_value, result.places)}"


def stage_rows(result: CountResult) -> Iterable[list[str]]:
    """The result sheet as rows: a heading, a row a candidate, non-transferable votes, the total."""
    yield ["Candidate", *(f"{stage.number}. {stage_name(result, stage)}" for stage in result.stages), "Outcome"]
    outcome = dict.fromkeys(result.elected, "Elected") | dict.fromkeys(result.withdrawn, "Withdrawn")
    for one, name in enumerate(result.names):
        votes = [votes_text(stage.votes[one], result.places) for stage in result.stages]
        yield [name, *votes, outcome.get(one, "")]
    lost = [votes_text(stage.non_transferable, result.places) for stage in result.stages]
    yield ["Non-transferable", *lost, ""]


def write_stages_csv(result: CountResult, out: TextIO) -> None:
    """The stage table as CSV. Cells a spreadsheet would run as a formula are quoted as text."""
    import csv

    writer = csv.writer(out, lineterminator="\r\n")
    for row in stage_rows(result):
        writer.writerow(_harmless(cell) for cell in row)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
