"""BLT files in and out.

``read_blt`` takes a path, bytes or a binary stream. What is not plain is read by ``blt_grammar``; what cannot be read
in just one way is refused with its line.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from voting.counting.blt_bulk import Odd, read_in_bulk
from voting.counting.blt_grammar import Reading, read_lines
from voting.counting.papers import Papers, PlainPapers
from voting.counting.table import Progress
from voting.counting.values import BallotsRefused, Candidate, Contest, Mark

Source = str | os.PathLike[str] | bytes | BinaryIO


def read_blt(source: Source, *, progress: Progress = lambda _text: None) -> Contest:
    """The contest in a BLT file.

    source  a path, the bytes of a file, or a stream opened in binary

    Raises BallotsRefused, with the line, for anything that is not a BLT file or could be read in two ways.
    """
    with seekable(source) as stream:
        start = stream.tell()
        try:
            reading, papers = read_in_bulk(stream, progress)
        except Odd:
            stream.seek(start)
            reading = read_carefully(stream)
            return contest_of(reading, papers_of(reading))
        return contest_of(reading, papers)


@contextmanager
def seekable(source: Source) -> Iterator[BinaryIO]:
    """The source as a stream that can be read twice."""
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    elif isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as stream:
            yield stream
    elif source.seekable():
        yield source
    else:
        import shutil
        import tempfile

        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            yield copy


def read_carefully(stream: BinaryIO) -> Reading:
    """Read by the full grammar; refuse what could be read in two ways."""
    start = stream.tell()
    refusal: BallotsRefused | None = None
    readings = []
    for by_line in (True, False):
        stream.seek(start)
        try:
            readings.append(read_lines(stream, by_line=by_line))
        except BallotsRefused as refused:
            refusal = refusal or refused
        else:
            if not readings[0].unclosed:
                return readings[0]
    if len(readings) == 2 and readings[0].rankings != readings[1].rankings:
        raise BallotsRefused(
            "A ballot has no closing 0, and it cannot be told whether the next line belongs to it.",
            line=readings[0].unclosed,
        )
    if not readings:
        raise refusal or BallotsRefused("The file cannot be read.")
    return readings[0]


def papers_of(reading: Reading) -> PlainPapers:
    rankings = [tuple(one - 1 for one in ranking) for ranking in reading.rankings]
    return PlainPapers(rankings, list(reading.rankings.values()))


def contest_of(reading: Reading, papers: Papers) -> Contest:
    """The contest, with candidates from 0."""
    names, title = _names(reading)
    withdrawn = frozenset(one - 1 for one in reading.withdrawn)
    return Contest(
        candidates=names,
        seats=reading.seats,
        papers=papers,
        irregular=tuple((weight, tuple(map(_from_nought, marks))) for marks, weight in reading.irregular.items()),
        withdrawn=withdrawn,
        title=title,
        tie_order=tuple(one - 1 for one in reading.tie_order),
        warnings=warnings_for(seats=reading.seats, standing=reading.size - len(withdrawn)),
    )


def warnings_for(*, seats: int, standing: int) -> tuple[str, ...]:
    if seats < standing:
        return ()
    return (f"{standing} candidates stand for {seats} seats: there is nothing to vote on.",)


def _from_nought(mark: Mark) -> Mark:
    if mark is None:
        return None
    return tuple(one - 1 for one in mark) if isinstance(mark, tuple) else mark - 1


def _names(reading: Reading) -> tuple[tuple[Candidate, ...], str]:
    """Candidates and title. Two strings on every candidate's line are name and party."""
    lines, size = reading.strings, reading.size
    if len(lines) > size - (size > 1) and all(len(line) == 2 for line in lines[:size]) and len(lines) >= size:
        people = tuple(Candidate(name, party) for name, party in lines[:size])
        after = [string for line in lines[size:] for string in line]
    else:
        strings = [string for line in lines for string in line]
        people = tuple(map(Candidate, strings[:size]))
        after = strings[size:]
    for number, person in enumerate(people, start=1):
        if not person.name:
            raise BallotsRefused(f"Candidate {number} has no name.", line=reading.last_line)
    return people, after[0] if after else ""


def write_blt(contest: Contest, out: TextIO) -> None:
    """Write a contest as BLT, equal papers together. Quotation marks in names become apostrophes."""
    out.write(f"{len(contest.candidates)} {contest.seats}\n")
    for one in sorted(contest.withdrawn):
        out.write(f"-{one + 1}\n")
    if contest.tie_order:
        out.write(f"[tie {' '.join(str(one + 1) for one in contest.tie_order)}]\n")
    for weight, ranking in sorted(contest.papers, key=lambda paper: (-paper[0], paper[1])):
        out.write(" ".join(map(str, (weight, *(one + 1 for one in ranking), 0))) + "\n")
    for weight, marks in contest.irregular:
        out.write(" ".join((str(weight), *map(_mark_text, marks), "0")) + "\n")
    out.write("0\n")
    with_parties = any(candidate.party for candidate in contest.candidates)
    for candidate in contest.candidates:
        out.write(_quoted(candidate.name) + (f" {_quoted(candidate.party)}" if with_parties else "") + "\n")
    out.write(_quoted(contest.title) + "\n")


def _quoted(text: str) -> str:
    return '"' + " ".join(text.replace('"', "'").split()) + '"'


def _mark_text(mark: Mark) -> str:
    if mark is None:
        return "-"
    return "=".join(str(one + 1) for one in mark) if isinstance(mark, tuple) else str(mark + 1)
