"""Reading what one person has keyed from a pile of papers: typed lines, a BLT file or a CSV file; plain values.

Typed lines, one a paper, in the order of the pile::

    2 1 3          candidates by their number on the ballot paper, first preference first
    blank          nothing marked
    uncertain      no clear choice; likewise "identified" and "security"
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mutualgov.core.rulings import Refusal

from .ballots import Answer, Style, check_answer
from .tally import GROUNDS

MOST_PAPERS = 50_000
BLT_LINE = re.compile(r"^\s*(?:\([^)]*\)\s*)?(\d+)((?:\s+\d+)*)\s+0\s*(?:#.*)?$")


class PapersRefused(Refusal):
    """What was keyed cannot be read. ``line`` is where, from 1; 0 for the whole of it."""

    def __init__(self, reason: str, *, line: int = 0) -> None:
        self.line = line
        super().__init__(f"Line {line}: {reason}" if line else reason, rule="voting.papers")


@dataclass(frozen=True, slots=True)
class Keyed:
    """A pile as keyed: one answer a paper, and the line each came from."""

    papers: tuple[Answer, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A candidate as the ballot paper shows them: option id, number and name."""

    option: str
    number: int
    name: str


def read_papers(data: bytes, filename: str, *, candidates: Sequence[OnPaper], style: Style) -> Keyed:
    """Read a file by what its name says it is: .blt, .csv, or .txt with typed lines.

    Raises PapersRefused, naming the line.
    """
    kind = filename.rpartition(".")[2].lower()
    if kind not in {"blt", "csv", "txt"}:
        raise PapersRefused(f"“{filename}” is no .blt, .csv or .txt file.")
    text = _text(data)
    reader = {"blt": read_blt_text, "csv": read_csv_text, "txt": read_typed}[kind]
    return reader(text, candidates=candidates, style=style)


def read_typed(text: str, *, candidates: Sequence[OnPaper], style: Style) -> Keyed:
    """Typed lines, one a paper; empty lines are passed over."""
    by_number = {candidate.number: candidate.option for candidate in candidates}
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        written = line.strip().lower()
        if not written:
            continue
        if written in GROUNDS:
            answer = Answer() if written == "blank" else Answer(rejected=written)
        else:
            answer = Answer(tuple(_option(word, by_number, number) for word in re.split(r"[\s,;]+", written)))
        found.append((number, answer))
    return _keyed(found, style=style)


def read_csv_text(text: str, *, candidates: Sequence[OnPaper], style: Style) -> Keyed:
    """A row a paper, a column a candidate (headed by name or number), in each cell the rank given or nothing.

    A column "weight" says how many papers a row stands for; "ballot_id" is passed over. Where crosses are set, any mark
    in a cell is a cross.
    """
    rows = csv.reader(io.StringIO(text))
    header = next(rows, [])
    columns = _columns(header, candidates)
    found = []
    for row in rows:
        line = rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            raise PapersRefused(f"This row has {len(row)} cells; the heading has {len(header)}.", line=line)
        weight, ranks = 1, {}
        for cell, column in zip(row, columns, strict=True):
            if column == "weight":
                weight = _whole(cell, line=line)
            elif column and cell.strip():
                ranks[column] = _whole(cell, line=line) if style.ranked else 1
        found.extend([(line, _ranked(ranks, line=line, ranked=style.ranked))] * weight)
    return _keyed(found, style=style)


def read_blt_text(text: str, *, candidates: Sequence[OnPaper], style: Style) -> Keyed:
    """A BLT file; its candidates are matched to those who stand by name, or by number where the file names nobody."""
    from voting.counting import BallotsRefused, read_blt
    from voting.counting.counting import plain_rankings

    try:
        contest = read_blt(io.BytesIO(text.encode()))
    except BallotsRefused as refusal:
        raise PapersRefused(re.sub(r"^Line \d+: ", "", refusal.reason), line=refusal.line) from refusal
    options = _match(contest.names, candidates)
    readable = plain_rankings(contest) if style.ranked else contest
    papers = [(weight, tuple(options[one] for one in ranking)) for weight, ranking in readable.papers]
    placed = _blt_lines(text, options, Counter({ranking: weight for weight, ranking in papers}))
    if placed is None:
        placed = [(number, r) for number, (weight, r) in enumerate(papers, start=1) for _ in range(weight)]
    return _keyed([(line, Answer(ranking)) for line, ranking in placed], style=style)


def _blt_lines(
    text: str, options: Sequence[str], tally: "Counter[tuple[str, ...]]"
) -> list[tuple[int, tuple[str, ...]]] | None:
    """Each paper with its line, where the file has a ballot a line; None where it is laid out otherwise."""
    found = []
    for number, line in enumerate(text.splitlines()[1:], start=2):
        ballot = BLT_LINE.match(line)
        if ballot and (weight := int(ballot[1])):
            ranking = tuple(options[int(one) - 1] for one in ballot[2].split() if 0 < int(one) <= len(options))
            found.extend([(number, ranking)] * min(weight, MOST_PAPERS + 1))
    return found if Counter(ranking for _, ranking in found) == tally else None


def _match(names: Sequence[str], candidates: Sequence[OnPaper]) -> list[str]:
    """The option id of each candidate of a file, in the file's order."""
    if len(names) != len(candidates):
        raise PapersRefused(f"The file has {len(names)} candidates; {len(candidates)} stand in this election.")
    known = {_plain(candidate.name): candidate.option for candidate in candidates}
    strangers = [name for name in names if _plain(name) not in known]
    if strangers:
        missing = sorted(set(known) - {_plain(name) for name in names})
        absent = [candidate.name for candidate in candidates if _plain(candidate.name) in missing]
        raise PapersRefused(
            f"“{strangers[0]}” is in the file but does not stand in this election"
            + (f"; “{absent[0]}” stands and is not in the file." if absent else ".")
        )
    if len({_plain(name) for name in names}) < len(names):
        raise PapersRefused("Two candidates of the file have the same name.")
    return [known[_plain(name)] for name in names]


def _columns(header: Sequence[str], candidates: Sequence[OnPaper]) -> list[str]:
    known = {_plain(c.name): c.option for c in candidates} | {str(c.number): c.option for c in candidates}
    known |= {candidate.option: candidate.option for candidate in candidates}
    found = []
    for cell in header:
        name = _plain(cell)
        if name in {"ballot_id", "ballot id", "paper"}:
            found.append("")
        elif name == "weight":
            found.append("weight")
        elif name in known:
            found.append(known[name])
        else:
            raise PapersRefused(f"The column “{cell}” is nobody who stands in this election.", line=1)
    absent = [candidate.name for candidate in candidates if candidate.option not in found]
    if absent:
        raise PapersRefused(f"There is no column for {absent[0]}.", line=1)
    if len([c for c in found if c]) != len({c for c in found if c}):
        raise PapersRefused("Two columns have the same heading.", line=1)
    return found


def _ranked(ranks: dict[str, int], *, line: int, ranked: bool) -> Answer:
    if not ranked:
        return Answer(tuple(ranks))
    if sorted(ranks.values()) != list(range(1, len(ranks) + 1)):
        raise PapersRefused(
            f"The numbers {', '.join(map(str, sorted(ranks.values())))} are not 1, 2, 3 without a gap. Key the paper "
            "up to where it stops being clear.",
            line=line,
        )
    return Answer(tuple(sorted(ranks, key=ranks.__getitem__)))


def _option(word: str, by_number: dict[int, str], line: int) -> str:
    if not word.isdigit() or int(word) not in by_number:
        raise PapersRefused(f"“{word}” is not the number of a candidate; they are 1 to {len(by_number)}.", line=line)
    return by_number[int(word)]


def _whole(cell: str, *, line: int) -> int:
    if not cell.strip().isdigit() or int(cell) < 1:
        raise PapersRefused(f"“{cell.strip()}” is not a whole number from 1.", line=line)
    return int(cell)


def _keyed(found: Sequence[tuple[int, Answer]], *, style: Style) -> Keyed:
    if len(found) > MOST_PAPERS:
        raise PapersRefused(f"There are {len(found)} papers; {MOST_PAPERS} are the most in one batch.")
    checked: set[Answer] = set()
    for line, answer in found:
        if answer not in checked:
            try:
                check_answer(answer, style=style)
            except Refusal as refusal:
                raise PapersRefused(_about_a_paper(refusal.reason), line=line) from refusal
            checked.add(answer)
    return Keyed(tuple(answer for _, answer in found), tuple(line for line, _ in found))


def _about_a_paper(reason: str) -> str:
    return reason.replace("You may choose at most", "A paper may have at most").split("; this")[0].rstrip(".") + "."


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PapersRefused("The file is no text.")
