"""Which rule counts what, and the one way in: ``count``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from voting.counting.lots import ListedLots, Lots, NoLots
from voting.counting.papers import PlainPapers
from voting.counting.reserved import Guard, Reserved
from voting.counting.table import Progress, Table
from voting.counting.values import Contest, CountRefused, CountResult, Mark, listed


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to count. ``module`` is imported when it is first needed."""

    key: str
    name: str
    module: str
    method: str
    quota_places: int = 0
    ranked: bool = True

    def load(self) -> tuple[Any, Any]:
        module = import_module(f"voting.counting.{self.module}")
        return module, getattr(module, self.method)


RESERVING = ("nhs-ft", "ers97", "scottish")

RULES: Mapping[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule("nhs-ft", "STV, NHS foundation trust Model Election Rules 2014", "nhs_ft", "NhsFt"),
        Rule("ers97", "STV, Electoral Reform Society 1997", "ers97", "Ers97", quota_places=2),
        Rule("scottish", "STV, Scottish local government", "scottish", "Scottish"),
        Rule("meek-prf", "Meek STV, Proportional Representation Foundation", "meek_prf", "MeekPrf", quota_places=9),
        Rule("meek-nz", "Meek STV, New Zealand", "meek_nz", "MeekNz", quota_places=9),
        Rule("av", "alternative vote", "av", "AlternativeVote"),
        Rule("fptp", "first past the post", "plurality", "FirstPastThePost", ranked=False),
        Rule("approval", "approval voting", "plurality", "Approval", ranked=False),
    )
}


def count(
    contest: Contest,
    rule: str = "nhs-ft",
    seats: int | None = None,
    options: Mapping[str, object] | None = None,
    lots: Lots | None = None,
    *,
    reserved: Sequence[Reserved] = (),
    progress: Progress = lambda _text: None,
) -> CountResult:
    """Count a contest under a rule book and keep every stage.

    contest   from ``read_blt`` or ``contest_from_rankings``
    rule      a key of RULES
    seats     overrides the contest's own number
    options   the rule's open points as this election settles them; the module of the rule explains each
    lots      who decides between equals; without it LotNeeded is raised
    reserved  places kept for groups of candidates, under the rules that are RESERVING
    progress  told in words what is going on

    Raises CountRefused for a rule, seats or options that do not fit, LotNeeded where a lot has to be drawn.
    """
    if rule not in RULES:
        raise CountRefused(f'There is no rule "{rule}"; there are {", ".join(RULES)}.')
    book = RULES[rule]
    module, method = book.load()
    settled = settle_options(book, module, options or {})
    decider: Lots = lots or (ListedLots(contest.tie_order) if contest.tie_order else NoLots())
    places = contest.seats if seats is None else seats
    if len(contest.withdrawn) == len(contest.candidates):
        raise CountRefused("Nobody stands: every candidate has withdrawn.")
    readable = plain_rankings(contest) if book.ranked else contest
    table = Table(readable, seats=places, places=module.PLACES, lots=decider, progress=progress)
    if reserved:
        if rule not in RESERVING:
            raise CountRefused(f"Places can be reserved under {listed(RESERVING)}, not in a count by {book.name}.")
        table.guard = Guard(reserved, seats=places, standing=table.continuing)
        settled["reserved"] = [_in_words(one, contest) for one in reserved]
    counted = method(table, **{name: value for name, value in settled.items() if name != "reserved"})
    counted.run()
    return result_of(book, table, counted, settled)


def _in_words(one: Reserved, contest: Contest) -> dict[str, object]:
    members = [contest.names[member] for member in sorted(one.members)]
    return {"name": one.name, "members": members, "at_least": one.at_least, "at_most": one.at_most}


def settle_options(book: Rule, module: Any, given: Mapping[str, object]) -> dict[str, object]:
    """Every option of the rule, with the first of its values unless another was chosen."""
    known = module.OPTIONS.get(book.method, {}) if not book.ranked else module.OPTIONS
    for name, value in given.items():
        if name not in known:
            raise CountRefused(f'{book.name} has no option "{name}"; it has {", ".join(known) or "none"}.')
        if known[name] is not ... and value not in known[name]:
            raise CountRefused(f"{name} can be {' or '.join(map(repr, known[name]))}, not {value!r}.")
    return {name: given.get(name, None if values is ... else values[0]) for name, values in known.items()}


def plain_rankings(contest: Contest) -> Contest:
    """The contest with irregular papers cut where they stop being a ranking.

    A paper counts up to the first number that is missing or is given to two candidates. Names withdrawn before the
    count are passed over first, and leave no gap.
    """
    if not contest.irregular:
        return contest
    cut = [(weight, ranking_of(marks, contest.withdrawn)) for weight, marks in contest.irregular]
    papers = [*contest.papers, *cut]
    return replace(
        contest,
        papers=PlainPapers([ranking for _, ranking in papers], [weight for weight, _ in papers]),
        irregular=(),
    )


def ranking_of(marks: tuple[Mark, ...], withdrawn: frozenset[int]) -> tuple[int, ...]:
    """The part of a paper that is a ranking.

    >>> ranking_of((3, (0, 1), 2), frozenset())
    (3,)
    >>> ranking_of((3, (0, 1), 2), frozenset({1}))
    (3, 0, 2)
    """
    ranking: list[int] = []
    for mark in marks:
        if mark is None:
            break
        standing = [one for one in (mark if isinstance(mark, tuple) else (mark,)) if one not in withdrawn]
        if len(standing) > 1:
            break
        ranking += standing
    return tuple(ranking)


def result_of(book: Rule, table: Table, counted: Any, options: Mapping[str, object]) -> CountResult:
    """The sheet, closed."""
    stages = table.stages()
    elected = tuple(who.candidate for stage in stages for who in stage.elected)
    return CountResult(
        rule=book.key,
        title=table.contest.title,
        seats=table.seats,
        names=table.contest.names,
        places=table.places,
        valid=table.valid,
        invalid=table.invalid,
        quota=stages[0].quota,
        elected=elected,
        stages=stages,
        ties=tuple(table.ties),
        options=dict(options),
        order_of_election=tuple(counted.order),
        withdrawn=table.contest.withdrawn,
        unfilled=table.seats - len(elected),
        quota_places=book.quota_places,
        warnings=(*table.contest.warnings, *(table.guard.notes if table.guard else ())),
    )
