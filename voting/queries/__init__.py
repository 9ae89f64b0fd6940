"""Reading elections, rolls and results. Nothing here tells, before the close, who has voted or what for."""

from .elections import candidates, closings, dates_of, election, elections, facts_of, lines_of, style_of
from .results import declared_names, latest_count, sheet_of
from .roll import ballot_place, marks_by_channel, roll_lines, turnout_band

__all__ = [
    "ballot_place",
    "candidates",
    "closings",
    "dates_of",
    "declared_names",
    "election",
    "elections",
    "facts_of",
    "latest_count",
    "lines_of",
    "marks_by_channel",
    "roll_lines",
    "sheet_of",
    "style_of",
    "turnout_band",
]
