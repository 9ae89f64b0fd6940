"""From the ballots of a sealed box to a count sheet; plain values over ``voting.counting``."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voting.counting import Candidate, LotNeeded, ManualLots, contest_from_rankings, count, result_json

from .ballots import Answer

#: What a paper may be rejected for, besides being left blank (NHS Model Election Rules 2014, rejected ballots).
GROUNDS = {
    "blank": "Left blank",
    "uncertain": "No clear choice",
    "identified": "Something on it names the voter",
    "security": "Not a genuine paper",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTie:
    """Equals that only a lot can tell apart.

    event     the name of the tie; the same in every count of the same ballots
    sentence  what happened, naming candidates by option id
    purpose   exclusion, surplus, seat or order
    among     option ids
    places    how many the lot must pick
    """

    event: str
    sentence: str
    purpose: str
    among: list[str]
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """One run of a count.

    sheet    every stage, as JSON-ready values with decimal strings
    elected  option ids in the order of election; empty where a tie stopped the count
    tie      what stopped it, or None
    valid    papers that had a say
    rejected papers by ground
    """

    sheet: dict[str, Any]
    elected: tuple[str, ...]
    tie: OpenTie | None
    valid: int
    rejected: dict[str, int]


def tally(
    *,
    candidates: Sequence[tuple[str, str]],
    seats: int,
    rule: str,
    answers: Sequence[Answer],
    drawn: Mapping[str, Sequence[str]],
    title: str,
) -> Tallied:
    """Count.

    candidates  (option id, name) in the order of the ballot paper
    rule        key of the counting rule, "nhs-ft"
    drawn       lots on record: option ids by the name of the tie
    """
    rejected = Counter("blank" if answer.is_blank else answer.rejected for answer in answers if not answer.chosen)
    place = {option: number for number, (option, _) in enumerate(candidates)}
    rankings = Counter(tuple(place[option] for option in answer.chosen) for answer in answers if answer.chosen)
    contest = contest_from_rankings(
        candidates=[Candidate(name, key=option) for option, name in candidates],
        seats=seats,
        rankings=[(papers, ranking) for ranking, papers in sorted(rankings.items())],
        title=title,
    )
    grounds = {ground: rejected[ground] for ground in GROUNDS if rejected[ground]}
    valid = sum(rankings.values())
    try:
        result = count(contest, rule=rule, lots=ManualLots(drawn))
    except LotNeeded as stopped:
        tie = OpenTie(
            event=stopped.tie.event,
            sentence=str(stopped),
            purpose=stopped.tie.purpose,
            among=list(stopped.tie.keys),
            places=stopped.tie.places,
        )
        return Tallied(sheet={}, elected=(), tie=tie, valid=valid, rejected=grounds)
    order = [one for group in result.order_of_election for one in group] or list(result.elected)
    return Tallied(
        sheet=result_json(result),
        elected=tuple(candidates[one][0] for one in order),
        tie=None,
        valid=valid,
        rejected=grounds,
    )
