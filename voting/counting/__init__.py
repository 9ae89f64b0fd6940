"""The count: ballots in, stages out. Plain Python, usable on its own.

    contest = read_blt("ward.blt")                   # or read_csv, read_preflib, contest_from_rankings
    result = count(contest, rule="nhs-ft")
    result.elected_names                             # by stage of election
    result_json(result)                              # everything, as decimal strings

``count(contest, rule, seats, options, lots)`` knows the rules ``fptp``, ``approval``, ``av``, ``nhs-ft``, ``ers97``,
``scottish``, ``meek-prf`` and ``meek-nz`` (``RULES``). Where equals can only be told apart by lot it raises
``LotNeeded``, whose ``tie`` is the question; count again with ``lots=ManualLots({tie.event: (key,)})``, or from the
start with ``SeededLots(seed)``.

``contest_from_rankings(candidates=..., seats=..., rankings=[(papers, (candidate, ...)), ...])`` makes a contest from
stored ballots; candidates are numbers from 0 there and in every result. ``write_blt(contest, stream)`` writes one.

``count(..., reserved=[Reserved("staff", {0, 3}, at_least=1)])`` keeps places for a group. When a seat falls vacant,
``recount`` counts the original papers again and ``next_highest`` lists who comes next.

``resolutions`` decides motions: for, against and abstain against every denominator.

Names are fetched when first used, so that ``mutualgov count`` starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voting.counting.blt import read_blt, write_blt
    from voting.counting.counting import RULES, count
    from voting.counting.export import result_json, write_stages_csv
    from voting.counting.lots import ListedLots, LotNeeded, ManualLots, SeededLots
    from voting.counting.reserved import Reserved
    from voting.counting.tables import read_csv, read_preflib, write_ballots_csv
    from voting.counting.vacancies import next_highest, recount
    from voting.counting.values import (
        BallotsRefused,
        Candidate,
        Contest,
        CountRefused,
        CountResult,
        Stage,
        contest_from_rankings,
    )

__all__ = [
    "RULES",
    "BallotsRefused",
    "Candidate",
    "Contest",
    "CountRefused",
    "CountResult",
    "ListedLots",
    "LotNeeded",
    "ManualLots",
    "Reserved",
    "SeededLots",
    "Stage",
    "contest_from_rankings",
    "count",
    "next_highest",
    "read_blt",
    "read_csv",
    "read_preflib",
    "recount",
    "result_json",
    "write_ballots_csv",
    "write_blt",
    "write_stages_csv",
]

_ROOMS = {
    "blt": ("read_blt", "write_blt"),
    "counting": ("RULES", "count"),
    "export": ("result_json", "write_stages_csv"),
    "lots": ("ListedLots", "LotNeeded", "ManualLots", "SeededLots"),
    "reserved": ("Reserved",),
    "vacancies": ("next_highest", "recount"),
    "tables": ("read_csv", "read_preflib", "write_ballots_csv"),
    "values": (
        "BallotsRefused",
        "Candidate",
        "Contest",
        "CountRefused",
        "CountResult",
        "Stage",
        "contest_from_rankings",
    ),
}
_FROM = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FROM[name]}"), name)
