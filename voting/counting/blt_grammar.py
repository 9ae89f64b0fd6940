"""The whole grammar of BLT files as they are found, one line at a time, with line numbers.

    4 2                 candidates, seats
    -2                  withdrawn candidates; also [withdrawn 2]
    [tie 3 1 2 4]       the order in which lots fall
    3 1 3 4 0           three papers: first 1, then 3, then 4
    2 1=3 4 0           1 and 3 ranked equal; also (1 3)
    1 - 2 0             first preference left out
    (A17) 2 1 0         one paper with an identifier, which is not kept
    0                   end of the ballots
    "Adam"              names; a second string on every line is a party
    "Title"             what follows it is ignored

Comments run from # to the end of the line, or between /* and */. A ballot may lack its closing 0 if it is alone on its
line. Where lines without a closing 0 could also be one ballot broken over several lines, the file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from voting.counting.values import BallotsRefused, Mark

TOKEN = re.compile(r'"[^"]*"|\[[^\]]*\]|\([^)]*\)|[^\s"\[(]+|["\[(]')
COMMENT = re.compile(r'"[^"]*"?|#.*|/\*')
LONGEST_NUMBER = 15

Line = tuple[int, list[str]]


@dataclass(slots=True)
class Reading:
    """What has been read so far. Candidates are numbered from 1 as in the file."""

    size: int = 0
    seats: int = 0
    withdrawn: set[int] = field(default_factory=set)
    tie_order: tuple[int, ...] = ()
    rankings: dict[tuple[int, ...], int] = field(default_factory=dict)
    irregular: dict[tuple[Mark, ...], int] = field(default_factory=dict)
    strings: list[list[str]] = field(default_factory=list)
    unclosed: int = 0
    last_line: int = 0


def read_lines(raw_lines: Iterable[bytes], *, by_line: bool) -> Reading:
    """Read a whole file. ``by_line`` ends a ballot with its line; otherwise only a 0 ends it."""
    reading = Reading()
    lines = numbered(raw_lines, reading)
    rest = _read_ballots(read_head(lines, reading), reading, by_line=by_line)
    read_names(rest, reading)
    return reading


def numbered(raw_lines: Iterable[bytes], reading: Reading) -> Iterator[Line]:
    """Lines that hold something, as tokens, without comments."""
    inside = False
    for number, raw in enumerate(raw_lines, start=1):
        reading.last_line = number
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BallotsRefused("is not UTF-8 text; save the file as UTF-8.", line=number) from None
        if inside or "#" in text or "/*" in text:
            text, inside = without_comments(text, inside=inside)
        tokens = TOKEN.findall(text)
        if tokens:
            if '"' in tokens:
                raise BallotsRefused("opens a quotation mark and does not close it.", line=number)
            yield number, tokens
    if inside:
        raise BallotsRefused("The file ends inside a /* comment.", line=reading.last_line)


def without_comments(text: str, *, inside: bool) -> tuple[str, bool]:
    """A line without its comments, and whether a /* comment is still open at its end."""
    kept: list[str] = []
    position = 0
    while position < len(text):
        if inside:
            end = text.find("*/", position)
            if end < 0:
                return " ".join(kept), True
            position, inside = end + 2, False
            continue
        found = COMMENT.search(text, position)
        if not found:
            kept.append(text[position:])
            break
        quoted = found.group().startswith('"')
        kept.append(text[position : found.end() if quoted else found.start()])
        if found.group().startswith("#"):
            break
        position, inside = found.end(), not quoted
    return "".join(kept), inside


# --- The head -------------------------------------------------------------------------------------------------------


def read_head(lines: Iterator[Line], reading: Reading) -> Iterator[Line]:
    """Candidates, seats, withdrawals and bracketed options; gives back the lines from the first ballot on."""
    figures: list[int] = []
    number = 1
    for number, tokens in lines:
        for place, token in enumerate(tokens):
            if len(figures) < 2:
                figures.append(whole(token, number, "The file begins with the number of candidates and of seats"))
                if len(figures) == 2:
                    reading.size, reading.seats = _checked(figures[0], figures[1], number)
            elif token.startswith("["):
                _read_option(token, number, reading)
            elif token.startswith("-") and token[1:].isdigit():
                reading.withdrawn.add(_candidate(token[1:], number, reading.size))
            else:
                return _chain((number, tokens[place:]), lines)
    if len(figures) < 2:
        raise BallotsRefused("The file holds no number of candidates and seats.", line=max(1, number))
    raise BallotsRefused("The file ends before any ballots and names.", line=number)


def _chain(first: Line, rest: Iterator[Line]) -> Iterator[Line]:
    yield first
    yield from rest


def _checked(size: int, seats: int, number: int) -> tuple[int, int]:
    if size < 1:
        raise BallotsRefused("The file has no candidates.", line=number)
    if seats < 1:
        raise BallotsRefused(f"The number of seats is {seats}; it must be at least 1.", line=number)
    return size, seats


def _read_option(token: str, number: int, reading: Reading) -> None:
    name, *values = token[1:-1].split() or [""]
    if not token.endswith("]"):
        raise BallotsRefused("opens a [ and does not close it.", line=number)
    if name == "tie":
        order = tuple(_candidate(value, number, reading.size) for value in values)
        if len(set(order)) < len(order):
            raise BallotsRefused("The tie order names a candidate twice.", line=number)
        reading.tie_order = order
    elif name == "withdrawn":
        reading.withdrawn |= {_candidate(value.lstrip("-"), number, reading.size) for value in values}
    elif name != "nick":
        raise BallotsRefused(f'"[{name}" is not an option this reader knows.', line=number)


# --- The ballots ----------------------------------------------------------------------------------------------------


def _read_ballots(lines: Iterator[Line], reading: Reading, *, by_line: bool) -> Iterator[Line]:
    """All ballots up to the single 0; gives back the lines after it."""
    known: dict[tuple[str, ...], list[tuple[int, tuple[Mark, ...]]]] = {}
    pending: list[str] = []
    number = 0
    for number, tokens in lines:
        key = tuple(tokens)
        if not pending and key in known:
            for weight, marks in known[key]:
                _add(reading, weight, marks)
            continue
        ballots, used, closed = _ballots([*pending, *tokens], number, reading.size)
        for weight, marks in ballots if closed or by_line else ballots[:-1]:
            _add(reading, weight, marks)
        tokens = [*pending, *tokens]
        pending = []
        if not closed:
            reading.unclosed = reading.unclosed or number
            if not by_line:
                pending = tokens[used:]
        elif used < len(tokens):
            return _chain((number, tokens[used + 1 :]), lines)
        if closed:
            known[key] = ballots
    raise BallotsRefused("The file ends without the single 0 that ends the ballots.", line=max(1, reading.last_line))


def _ballots(tokens: list[str], number: int, size: int) -> tuple[list[tuple[int, tuple[Mark, ...]]], int, bool]:
    """Ballots in one line; where reading stopped; whether the last one was closed.

    Reading stops at the single 0 after a ballot, or at the beginning of a ballot that is not closed.
    """
    ballots: list[tuple[int, tuple[Mark, ...]]] = []
    at = 0
    while at < len(tokens) and tokens[at] != "0":
        begin, weight = at, 1
        if not tokens[at].startswith("("):
            weight = whole(tokens[at], number, "A ballot begins with how many papers it stands for")
        marks: list[Mark] = []
        at += 1
        while at < len(tokens) and tokens[at] != "0":
            marks.append(_mark(tokens[at], number, size))
            at += 1
        ballots.append((weight, _no_repeats(marks, number)))
        if at == len(tokens):
            return ballots, begin, False
        at += 1
    return ballots, at, True


def _mark(token: str, number: int, size: int) -> Mark:
    if token == "-":
        return None
    if "=" in token or token.startswith("("):
        equals = token.strip("()").replace("=", " ").split()
        marks = tuple(_candidate(one, number, size) for one in equals)
        if len(marks) < 2:
            raise BallotsRefused(f"{token} does not rank two candidates equal.", line=number)
        return marks
    return _candidate(token, number, size)


def _no_repeats(marks: list[Mark], number: int) -> tuple[Mark, ...]:
    seen: set[int] = set()
    for mark in marks:
        for one in mark if isinstance(mark, tuple) else () if mark is None else (mark,):
            if one in seen:
                raise BallotsRefused(f"A ballot ranks candidate {one} twice.", line=number)
            seen.add(one)
    return tuple(marks)


def _add(reading: Reading, weight: int, marks: tuple[Mark, ...]) -> None:
    tally: dict = reading.rankings if all(isinstance(mark, int) for mark in marks) else reading.irregular
    tally[marks] = tally.get(marks, 0) + weight


# --- The names ------------------------------------------------------------------------------------------------------


def read_names(lines: Iterator[Line], reading: Reading) -> None:
    for number, tokens in lines:
        for token in tokens:
            if not token.startswith('"'):
                raise BallotsRefused(
                    f"{shown(token)} stands after the 0 that ends the ballots; names are written in quotation marks.",
                    line=number,
                )
        if tokens:
            reading.strings.append([token[1:-1].strip() for token in tokens])
    found = sum(map(len, reading.strings))
    if found < reading.size:
        raise BallotsRefused(
            f"The file names {found} of its {reading.size} candidates.", line=max(1, reading.last_line)
        )


# --- Words ----------------------------------------------------------------------------------------------------------


def whole(token: str, number: int, wanted: str) -> int:
    if token.isascii() and token.isdigit() and len(token) <= LONGEST_NUMBER:
        return int(token)
    if token.startswith('"'):
        raise BallotsRefused(f"{wanted}; {shown(token)} comes before the 0 that ends the ballots.", line=number)
    raise BallotsRefused(f"{wanted}; {shown(token)} is not such a number.", line=number)


def shown(token: str) -> str:
    return token if len(token) <= 30 else f"{token[:30]}…"


def _candidate(token: str, number: int, size: int) -> int:
    one = whole(token, number, f"Candidates are numbers from 1 to {size}")
    if not 1 <= one <= size:
        raise BallotsRefused(f"There is no candidate {one}; the numbers run from 1 to {size}.", line=number)
    return one
