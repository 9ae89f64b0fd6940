"""What a voter may answer and how an answer lies in the box: the same length whatever it says; plain values.

A ballot is JSON, ``{"staff_governor": {"rank": ["c2", "c1"]}}`` (or ``{"pick": […]}``, ``{"blank": true}``,
``{"rejected": "uncertain"}`` for a paper), after four bytes that say how long it is and before zeros up to the length
of the style.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from mutualgov.core.canonical import canonical_json
from mutualgov.core.references import ALPHABET
from mutualgov.core.rulings import Refusal

LENGTH_STEP = 64
COMPARED = 5_000  # papers compared one by one; in a longer rest only the first difference is looked for


class BallotRefused(Refusal):
    """The answer is not one that may be given."""


@dataclass(frozen=True, slots=True)
class Style:
    """A ballot paper: the contest, the options on it, and how they may be marked.

    contest   key of the seat
    options   option ids in the order of the paper
    ranked    whether preferences are numbered, else crosses are set
    at_most   how many preferences or crosses may be given
    """

    contest: str
    options: tuple[str, ...]
    ranked: bool
    at_most: int

    @property
    def length(self) -> int:
        """Bytes of every ballot of the style: room for the longest answer, in whole steps."""
        longest = len(canonical_json({self.contest: {"rank": list(self.options)}}))
        spoilt = len(canonical_json({self.contest: {"rejected": "x" * 20}}))
        return -(-(max(longest, spoilt) + 4) // LENGTH_STEP) * LENGTH_STEP


@dataclass(frozen=True, slots=True)
class Answer:
    """One ballot: option ids in order of preference (or as crossed); rejected names a paper's ground."""

    chosen: tuple[str, ...] = ()
    rejected: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.chosen and not self.rejected


def check_answer(answer: Answer, *, style: Style) -> None:
    """Raises BallotRefused for an option that is not on the paper, one given twice, or too many."""
    unknown = [option for option in answer.chosen if option not in style.options]
    if unknown:
        raise BallotRefused(f"{unknown[0]} is not on this ballot paper.")
    if len(set(answer.chosen)) != len(answer.chosen):
        raise BallotRefused("The same candidate is chosen twice. Give each candidate one number only.")
    if len(answer.chosen) > style.at_most:
        raise BallotRefused(f"You may choose at most {style.at_most}; this ballot has {len(answer.chosen)}.")


def sealed_length(answer: Answer, *, style: Style) -> bytes:
    """The bytes that lie in the box: always ``style.length`` of them."""
    if answer.rejected:
        given: dict[str, object] = {"rejected": answer.rejected}
    elif answer.is_blank:
        given = {"blank": True}
    else:
        given = {"rank" if style.ranked else "pick": list(answer.chosen)}
    text = canonical_json({style.contest: given})
    return (len(text).to_bytes(4, "big") + text).ljust(style.length, b"\0")


def read_body(body: bytes, *, style: Style) -> Answer:
    """The answer in a body. Raises ValueError for bytes that no voter or desk of this style can have made."""
    size = int.from_bytes(body[:4], "big")
    given = json.loads(body[4 : 4 + size])[style.contest]
    answer = Answer(tuple(given.get("rank", given.get("pick", ()))), given.get("rejected", ""))
    if len(body) != style.length or sealed_length(answer, style=style) != body:
        raise ValueError("this ballot is not in the form of its style")
    return answer


def mark_hash(submission: str) -> str:
    """What the roll keeps of a submission: enough to know it again, nothing that leads to the ballot."""
    return hashlib.sha256(b"mark" + submission.encode()).hexdigest()


def leaf_hash(submission: str) -> str:
    """The ballot's own name in the box."""
    return hashlib.sha256(b"leaf" + submission.encode()).hexdigest()


def tracker(leaf: str) -> str:
    """The first 60 bits of a leaf as a voter keeps them.

    >>> tracker("ff" * 32)
    'ZZZZ-ZZZZ-ZZZZ'
    """
    bits = int(leaf[:15], 16)
    letters = "".join(ALPHABET[bits >> shift & 31] for shift in range(55, -5, -5))
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


def tally_hash(answers: Collection[Answer]) -> str:
    """A fingerprint of what a pile of papers says, whatever order they lie in."""
    lines = sorted([list(answer.chosen), answer.rejected] for answer in answers)
    return hashlib.sha256(canonical_json(lines)).hexdigest()


def differing_papers(first: Sequence[Answer], second: Sequence[Answer]) -> list[int]:
    """Where two copies of a pile, keyed in the same order, differ: places in the second, from 0.

    A paper that the second lacks is shown at the place where it should stand.
    """
    spelt = [[f"{','.join(a.chosen)}|{a.rejected}" for a in copy] for copy in (first, second)]
    start = _agreeing_start(*spelt)
    if max(map(len, spelt)) - start > COMPARED:
        return [start]
    shifted = [start + place for place in _where_lines_were_moved(spelt[0][start:], spelt[1][start:])]
    if len(spelt[0]) != len(spelt[1]):
        return shifted
    in_place = [place for place, (one, other) in enumerate(zip(*spelt, strict=True)) if one != other]
    return min(in_place, shifted, key=len)


def _where_lines_were_moved(first: Sequence[str], second: Sequence[str]) -> list[int]:
    places: list[int] = []
    for kind, _, _, begin, end in SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes():
        if kind != "equal":
            places.extend(range(begin, max(end, begin + 1)))
    return places


def _agreeing_start(first: Sequence[str], second: Sequence[str]) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))
