"""Ballots in tables: CSV rankings and PrefLib files in, CSV out.

CSV has a row a ballot or a group of equal ones, in one of two forms:

    ballot_id,weight,Adam,Basil,Charlotte     the cell is the rank, or empty
    ballot_id,weight,rank_1,rank_2,rank_3     the cell is a candidate, or empty

``ballot_id`` and ``weight`` may be left out. In the second form candidates are those who occur, in that order of first
mention, unless the caller names them. A table has no seats and no withdrawals: the caller gives them.

PrefLib files (.soc, .soi, .toc, .toi; preflib.org) begin with ``# KEY: value`` lines and go on with
``count: 3,{1,2},4``, equals in braces.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, TextIO

from voting.counting.blt import Source, seekable, warnings_for
from voting.counting.blt_grammar import whole
from voting.counting.papers import PlainPapers
from voting.counting.values import BallotsRefused, Candidate, Contest, Mark

FEW_PAPERS = 20
"""Below this many papers, whoever knows how a neighbour votes may find the neighbour's paper in an export."""


def read_csv(
    source: Source,
    *,
    seats: int,
    candidates: Sequence[str] | None = None,
    withdrawn: Iterable[str] = (),
    title: str = "",
) -> Contest:
    """The contest in a CSV of rankings. Raises BallotsRefused with the line."""
    with seekable(source) as stream:
        rows = csv.reader(io.StringIO(_text(stream), newline=""), strict=True)
        try:
            header = [cell.strip() for cell in next(rows, [])]
            reader = _Rows(header, candidates)
            for row in rows:
                if row:
                    reader.add(row, rows.line_num)
        except csv.Error as error:
            raise BallotsRefused(f"is not CSV: {error}.", line=rows.line_num) from None
    names = reader.names
    unknown = set(withdrawn) - set(names)
    if unknown:
        raise BallotsRefused(f"{sorted(unknown)[0]} is said to have withdrawn, but does not stand.")
    return _contest(names, reader.tally, seats=seats, title=title, withdrawn={names.index(name) for name in withdrawn})


def _text(stream: BinaryIO) -> str:
    data = stream.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BallotsRefused("is not UTF-8 text; save the file as UTF-8.", line=line) from None


class _Rows:
    """Rows of either form, tallied."""

    def __init__(self, header: list[str], candidates: Sequence[str] | None) -> None:
        self.tally: dict[tuple[Mark, ...], int] = {}
        columns = [name for name in header if name.lower() not in ("ballot_id", "weight")]
        self.places = [place for place, name in enumerate(header) if name in columns]
        self.weight = next((place for place, name in enumerate(header) if name.lower() == "weight"), None)
        self.width = len(header)
        self.by_rank = bool(columns) and all(re.fullmatch(r"rank_\d+", name.lower()) for name in columns)
        if not columns or "" in columns or len(set(columns)) < len(columns):
            raise BallotsRefused("The header needs a column for each candidate or rank, each with its name.", line=1)
        self.fixed = candidates is not None
        self.names = list(candidates or ([] if self.by_rank else columns))
        if self.fixed and not self.by_rank and set(self.names) != set(columns):
            raise BallotsRefused("The columns are not the candidates of this election.", line=1)
        self.columns = columns

    def add(self, row: list[str], line: int) -> None:
        if len(row) != self.width:
            raise BallotsRefused(f"has {len(row)} cells; the header has {self.width}.", line=line)
        weight = 1
        if self.weight is not None:
            weight = whole(row[self.weight].strip(), line, "The weight is how many papers the row stands for")
            if not weight:
                raise BallotsRefused("stands for 0 papers; 1 is the least.", line=line)
        cells = [row[place].strip() for place in self.places]
        marks = self._in_order(cells, line) if self.by_rank else self._by_candidate(cells, line)
        self.tally[marks] = self.tally.get(marks, 0) + weight

    def _in_order(self, cells: list[str], line: int) -> tuple[Mark, ...]:
        while cells and not cells[-1]:
            cells.pop()
        marks: list[Mark] = []
        for name in cells:
            if name and name not in self.names:
                if self.fixed:
                    raise BallotsRefused(f"{name} does not stand.", line=line)
                self.names.append(name)
            marks.append(self.names.index(name) if name else None)
        named = [mark for mark in marks if mark is not None]
        if len(set(named)) < len(named):
            raise BallotsRefused("ranks a candidate twice.", line=line)
        return tuple(marks)

    def _by_candidate(self, cells: list[str], line: int) -> tuple[Mark, ...]:
        ranks: dict[int, list[int]] = {}
        for name, cell in zip(self.columns, cells, strict=True):
            if cell:
                rank = whole(cell, line, f"The cell of {name} is a rank")
                if not rank:
                    raise BallotsRefused(f"ranks {name} 0; ranks begin at 1.", line=line)
                ranks.setdefault(rank, []).append(self.names.index(name))
        return by_rank(ranks)


def by_rank(ranks: Mapping[int, list[int]]) -> tuple[Mark, ...]:
    """Marks in order of rank; a None where numbers are left out."""
    marks: list[Mark] = []
    last = 0
    for rank in sorted(ranks):
        if rank > last + 1:
            marks.append(None)
        marks.append(_mark(ranks[rank]))
        last = rank
    return tuple(marks)


def paper_from_marks(marks: Sequence[str]) -> tuple[Mark, ...]:
    """A paper as it is transcribed, candidate by candidate: "" for no mark, "3&5" for two numbers on one candidate.

    A candidate with two numbers, or with a mark that is no number, breaks the ranking where the paper reaches it.
    """
    ranks: dict[int, list[int]] = {}
    broken: set[int] = set()
    for candidate, text in enumerate(marks):
        numbers = [int(part) for part in text.split("&") if part.strip().isdecimal() and int(part) > 0]
        if len(numbers) == 1 and "&" not in text:
            ranks.setdefault(numbers[0], []).append(candidate)
        broken.update(numbers if "&" in text else ())
    return by_rank({rank: ones for rank, ones in ranks.items() if rank not in broken})


def _mark(at_rank: list[int]) -> Mark:
    if not at_rank:
        return None
    return at_rank[0] if len(at_rank) == 1 else tuple(at_rank)


def read_preflib(source: Source, *, seats: int) -> Contest:
    """The contest in a PrefLib file of orders. Raises BallotsRefused with the line."""
    with seekable(source) as stream:
        lines = _text(stream).splitlines()
    names: dict[int, str] = {}
    facts: dict[str, str] = {}
    tally: dict[tuple[Mark, ...], int] = {}
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            facts[key.strip().upper()] = value.strip()
            if found := re.fullmatch(r"ALTERNATIVE NAME (\d{1,9})", key.strip().upper()):
                names[int(found[1])] = value.strip()
        elif line:
            weight, marks = _order(line, number, len(names))
            tally[marks] = tally.get(marks, 0) + weight
    if not names or sorted(names) != list(range(1, len(names) + 1)):
        raise BallotsRefused("The file does not name its alternatives from 1 on (# ALTERNATIVE NAME 1: …).")
    declared = facts.get("NUMBER VOTERS", "")
    if declared.isdigit() and int(declared) != sum(tally.values()):
        raise BallotsRefused(f"The file says {declared} voters, and its orders add up to {sum(tally.values())}.")
    return _contest(
        [names[number] for number in sorted(names)], tally, seats=seats, title=facts.get("TITLE", ""), withdrawn=set()
    )


def _order(line: str, number: int, size: int) -> tuple[int, tuple[Mark, ...]]:
    count, colon, order = line.partition(":")
    weight = whole(count.strip(), number, "A line begins with how many voters gave the order")
    parts = re.findall(r"\{[^{}]*\}|[^,{}]+", order)
    if not colon or not weight or ",".join(part.strip() for part in parts) != re.sub(r"\s*,\s*", ",", order.strip()):
        raise BallotsRefused("is not an order: count: 3,{1,2},4.", line=number)
    marks: list[Mark] = []
    seen: set[int] = set()
    for part in parts:
        group = []
        for text in part.strip("{} ").split(","):
            one = whole(text.strip(), number, f"Alternatives are numbers from 1 to {size}")
            if not 1 <= one <= size or one in seen:
                why = "twice" if one in seen else f"but there are {size}"
                raise BallotsRefused(f"names alternative {one} {why}.", line=number)
            seen.add(one)
            group.append(one - 1)
        marks.append(_mark(group))
    return weight, tuple(marks)


def _contest(
    names: Sequence[str], tally: dict[tuple[Mark, ...], int], *, seats: int, title: str, withdrawn: set[int]
) -> Contest:
    if seats < 1:
        raise BallotsRefused(f"The number of seats is {seats}; it must be at least 1.")
    plain = {marks: weight for marks, weight in tally.items() if all(isinstance(mark, int) for mark in marks)}
    return Contest(
        candidates=tuple(map(Candidate, names)),
        seats=seats,
        papers=PlainPapers([*plain], [*plain.values()]),  # type: ignore[list-item]
        irregular=tuple((weight, marks) for marks, weight in tally.items() if marks not in plain),
        withdrawn=frozenset(withdrawn),
        title=title,
        warnings=warnings_for(seats=seats, standing=len(names) - len(withdrawn)),
    )


def write_ballots_csv(contest: Contest, out: TextIO, *, shuffle: random.Random | None = None) -> tuple[str, ...]:
    """Write the papers, one row each, in random order and without identifiers.

    shuffle  for tests; otherwise the system's own randomness, so that no order of casting shows

    Returns warnings: with few papers, a voter may be recognised by a paper.
    """
    rows: list[tuple[Mark, ...]] = []
    for weight, ranking in contest.papers:
        rows += [ranking] * weight
    for weight, marks in contest.irregular:
        rows += [marks] * weight
    (shuffle or random.SystemRandom()).shuffle(rows)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(contest.names)
    for marks in rows:
        ranks = {one: rank for rank, mark in enumerate(marks, start=1) for one in _ones(mark)}
        writer.writerow(ranks.get(one, "") for one in range(len(contest.candidates)))
    if len(rows) >= FEW_PAPERS:
        return ()
    return (f"Only {len(rows)} papers were cast: a voter may be recognised by theirs.",)


def _ones(mark: Mark) -> tuple[int, ...]:
    if mark is None:
        return ()
    return mark if isinstance(mark, tuple) else (mark,)
