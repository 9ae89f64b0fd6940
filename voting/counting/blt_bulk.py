"""Plain BLT files, read in bulk.

Most lines of a large file are equal to others, so lines are tallied before anything in them is read, and only the
distinct ones are parsed: with NumPy all at once where there are many. Whatever is out of the ordinary raises ``Odd``,
and the file is read again by ``blt_grammar``, which knows every form and gives the line of an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from voting.counting import blt_grammar as grammar
from voting.counting.papers import ARRAYS_FROM, END, Papers, PlainPapers
from voting.counting.table import Progress
from voting.counting.values import BallotsRefused

if TYPE_CHECKING:
    from voting.counting.arrays import ArrayPapers

CHUNK = 1 << 17
"""Small enough for the lines of a chunk to stay in the processor's cache."""
MOST_LINES = 1_000_000
"""Distinct lines held as lines; beyond them they are turned into arrays, so that memory stays bounded."""

PLAIN = b"0123456789 \t\r\n"


class Odd(Exception):
    """Not a plain file."""


def read_in_bulk(stream: BinaryIO, progress: Progress) -> tuple[grammar.Reading, Papers]:
    """Everything in a plain file but its papers, and the papers. Raises Odd."""
    try:
        reading, first = _read_head(stream)
        tallies = Tallies(reading.size)
        names = _tally(first, stream, tallies, progress)
        grammar.read_names(enumerate_tokens(names), reading)
        return reading, tallies.papers()
    except BallotsRefused:
        raise Odd from None


def _read_head(stream: BinaryIO) -> tuple[grammar.Reading, bytes]:
    """Candidates, seats and options; and the first ballot's line."""
    reading = grammar.Reading()
    line = b""

    def remembered() -> Iterator[bytes]:
        nonlocal line
        for line in stream:
            if len(line) > CHUNK:
                raise Odd
            yield line

    lines = grammar.read_head(grammar.numbered(remembered(), reading), reading)
    first = next(lines)
    if " ".join(first[1]) != " ".join(line.decode().split()):
        raise Odd  # a ballot on a line with something else
    return reading, line


def _tally(first: bytes, stream: BinaryIO, tallies: Tallies, progress: Progress) -> bytes:
    """Tally the lines of the ballots; gives back what follows the 0 that ends them."""
    rest = first
    read = 0
    while chunk := stream.read(CHUNK):
        chunk = rest + chunk
        if b'"' in chunk:
            rest = chunk
            break
        whole, _, rest = chunk.rpartition(b"\n")
        tallies.add(whole.split(b"\n"))
        read += 1
        if not read % 256:
            progress(f"Reading the ballots: {read * CHUNK >> 20} MB")
    start = rest.rfind(b"\n", 0, rest.find(b'"')) + 1 if b'"' in rest else len(rest)
    lines = rest[:start].rstrip().split(b"\n")
    if lines.pop().strip() != b"0":
        raise Odd
    tallies.add(lines)
    return rest[start:] + stream.read()


def enumerate_tokens(text: bytes) -> Iterator[grammar.Line]:
    """The lines of names as tokens; their numbers do not matter, since an error is found again by the grammar."""
    return grammar.numbered((line + b"\n" for line in text.split(b"\n")), grammar.Reading())


class Tallies:
    """Distinct lines and how often each occurs."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.lines: Counter[bytes] = Counter()
        self.parts: list[ArrayPapers] = []

    def add(self, lines: list[bytes]) -> None:
        self.lines.update(lines)
        if len(self.lines) > MOST_LINES:
            self.flush()

    def flush(self) -> None:
        del self.lines[b""]
        self.parts.append(parse_together(self.lines, self.size))
        self.lines = Counter()

    def papers(self) -> Papers:
        if not self.parts and len(self.lines) < ARRAYS_FROM:
            return parse_one_by_one(self.lines, self.size)
        from voting.counting.arrays import ArrayPapers

        if self.lines:
            self.flush()
        return ArrayPapers.joined(self.parts)


def parse_one_by_one(lines: Counter[bytes], size: int) -> PlainPapers:
    """Distinct lines as tuples. Words are looked up, not read: what is not in the book is odd."""
    candidate = {str(one).encode(): one - 1 for one in range(1, size + 1)} | {b"0": END}
    number: dict[bytes, int] = {}
    ended, weights = [], []
    try:
        for line, times in lines.items():
            words = line.split()
            if not words:
                continue
            paper = tuple([candidate[word] for word in words[1:]])
            if paper[-1] != END or len(set(paper)) < len(paper):
                raise Odd
            weight = number.get(words[0]) or number.setdefault(words[0], weight_of(words[0]))
            ended.append(paper)
            weights.append(weight * times)
    except (KeyError, IndexError):
        raise Odd from None
    return PlainPapers.of_ended(ended, weights)


def weight_of(word: bytes) -> int:
    if not word.isdigit() or len(word) > grammar.LONGEST_NUMBER or not int(word):
        raise Odd
    return int(word)


def parse_together(lines: Counter[bytes], size: int) -> ArrayPapers:
    """Distinct lines as arrays, parsed at once."""
    import numpy as np

    from voting.counting.arrays import ArrayPapers, candidate_type, marker_type

    text = b"\n".join(lines) + b"\n"
    if text.translate(None, PLAIN):
        raise Odd
    if text.count(b" 0\n") != len(lines) or b"\r" in text:
        lines = without_stray_blanks(lines)
        text = b"\n".join(lines) + b"\n"
        if text.count(b" 0\n") != len(lines):
            raise Odd  # a line that does not end in a 0
    times = np.fromiter(lines.values(), dtype=np.int64, count=len(lines))
    numbers = np.fromstring(text, dtype=np.int64, sep=" ")
    del text
    ends = np.flatnonzero(numbers == 0)
    if len(ends) != len(lines) or not numbers.size:
        raise Odd  # more than one ballot in a line
    starts: np.ndarray = np.empty(len(ends), dtype=marker_type(len(numbers)))
    starts[0] = 0
    starts[1:] = ends[:-1] + 1
    weights = numbers[starts]
    if int(weights.max()) * int(times.max()) >= 10**grammar.LONGEST_NUMBER:
        raise Odd
    numbers[starts] = 0
    if int(numbers.max()) > size or ranks_twice(numbers, starts, ends, size):
        raise Odd
    return ArrayPapers(numbers.astype(candidate_type(size)), starts, weights * times)


def without_stray_blanks(lines: Counter[bytes]) -> Counter[bytes]:
    """Lines with single spaces and no CR; empty ones are left out."""
    tidy: Counter[bytes] = Counter()
    for line, times in lines.items():
        if words := line.split():
            tidy[b" ".join(words)] += times
    return tidy


def ranks_twice(numbers, starts, ends, size: int) -> bool:
    """Whether any ballot names a candidate twice: sets of candidates as bits, sixty at a time."""
    import numpy as np

    different = np.zeros(len(starts), dtype=np.int64)
    for lowest in range(1, size + 1, 60):
        within = (numbers >= lowest) & (numbers < lowest + 60)
        bits = np.where(within, np.left_shift(np.int64(1), np.where(within, numbers - lowest, 0)), 0)
        different += np.bitwise_count(np.bitwise_or.reduceat(bits, starts))
    return bool((different != ends - starts - 1).any())
