"""Everything that can be done to an election: one function per verb.

Each refuses on the obstacles of ``lifecycle`` and writes its fact into the chain. ``at`` is the moment of the act.
"""

from .calling import abandon, bring_forward, call_election, change_date, give_notice
from .common import ElectionRefused
from .nominations import close_nominations, decide_nomination, nominate, withdraw_nomination
from .paper import (
    CopiesDiffer,
    PaperMarks,
    confirm_paper_batch,
    discard_paper_batch,
    explain_missing_papers,
    key_paper_batch,
    mark_paper_returns,
)
from .poll import Receipt, cast_vote, close_poll, follow_clock, freeze_roll, obstacles_to_voting, open_poll, reink
from .result import count_votes, declare_result, record_lot

__all__ = [
    "CopiesDiffer",
    "ElectionRefused",
    "PaperMarks",
    "Receipt",
    "abandon",
    "bring_forward",
    "call_election",
    "cast_vote",
    "change_date",
    "close_nominations",
    "close_poll",
    "confirm_paper_batch",
    "count_votes",
    "decide_nomination",
    "declare_result",
    "discard_paper_batch",
    "explain_missing_papers",
    "follow_clock",
    "freeze_roll",
    "give_notice",
    "key_paper_batch",
    "mark_paper_returns",
    "nominate",
    "obstacles_to_voting",
    "open_poll",
    "record_lot",
    "reink",
    "withdraw_nomination",
]
