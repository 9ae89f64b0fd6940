"""The result sheet as PDF: the same sentences and figures as the page, set for paper and for screen readers."""

from __future__ import annotations

from pathlib import Path

from voting.counting.chart import STYLE, flow_chart, origin_chart
from voting.counting.counting import RULES
from voting.counting.export import stage_rows, stage_sentence
from voting.counting.values import CountResult
from voting.counting.words import (
    SOURCES,
    elected_sentence,
    figures_sentence,
    losses,
    options_in_words,
    quota_sentence,
    result_sentence,
    stage_sentences,
    tie_sentence,
)

LAYOUT = Path(__file__).with_name("result_sheet.typ")
STAGES_A_TABLE = 7
"""Stages side by side on a page across; more go into another table below."""


def report_pdf(result: CountResult) -> bytes:
    """The result sheet as a tagged PDF."""
    from mutualgov.documents.pdf import typeset

    many = len(result.stages) > 1
    pictures = {"origin.svg": dressed(origin_chart(result))}
    if many:
        pictures["flow.svg"] = dressed(flow_chart(result))
    heading, *rows = stage_rows(result)
    stages = range(len(result.stages))
    return typeset(
        LAYOUT,
        data={
            "title": result.title or "Result of the count",
            "headline": result_sentence(result),
            "figures": [figures_sentence(result), quota_sentence(result), *result.warnings],
            "elected": [elected_sentence(result, stage, who) for stage in result.stages for who in stage.elected],
            "tables": [
                {
                    "columns": ["Candidate", *heading[1:-1][begin : begin + STAGES_A_TABLE], heading[-1]],
                    "rows": [[row[0], *row[1:-1][begin : begin + STAGES_A_TABLE], row[-1]] for row in rows],
                }
                for begin in stages[::STAGES_A_TABLE]
            ],
            "stages": [
                {
                    "heading": f"{stage.number}. {stage_sentence(result, stage)}",
                    "sentences": list(stage_sentences(result, stage)),
                }
                for stage in result.stages
            ],
            "ties": [tie_sentence(result, tie) for tie in result.ties],
            "losses": losses(result),
            "method": f"{RULES[result.rule].name}. Source: {SOURCES[result.rule]}.",
            "options": options_in_words(result),
            "flow": many,
        },
        images=pictures,
    )


def dressed(svg: str) -> bytes:
    """A picture with its style inside, for a renderer that has no page around it."""
    style = STYLE.replace("currentColor", "#000000").replace("system-ui, sans-serif", '"Atkinson Hyperlegible"')
    opening, close, rest = svg.partition(">")
    return f"{opening}{close}<style>{style}</style>{rest}".encode()
