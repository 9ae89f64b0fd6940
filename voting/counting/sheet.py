"""The result sheet on a terminal: who is elected in one sentence, then the stages side by side."""

from __future__ import annotations

import sys
from typing import TextIO

from voting.counting.export import stage_rows
from voting.counting.values import CountResult
from voting.counting.words import figures_sentence, result_sentence


def print_sheet(result: CountResult, out: TextIO | None = None) -> None:
    out = out or sys.stdout
    if result.title:
        out.write(f"{result.title}\n\n")
    out.write(f"{result_sentence(result)}\n{figures_sentence(result)}\n\n")
    for warning in result.warnings:
        out.write(f"Note: {warning}\n\n")
    heading, *rows = stage_rows(result)
    for text in heading[1:-1]:
        out.write(f"  {text}\n")
    numbers = ["", *(text.partition(".")[0] for text in heading[1:-1]), ""]
    table = [numbers, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(numbers))]
    out.write("\n")
    for row in table:
        first, *middle, outcome = row
        cells = [cell.rjust(width) for cell, width in zip(middle, widths[1:-1], strict=True)]
        out.write("  ".join([first.ljust(widths[0]), *cells, outcome]).rstrip() + "\n")
