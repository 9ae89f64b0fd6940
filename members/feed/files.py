"""From the bytes of a file to rows of text, lenient in reading and exact in reporting.

CSV in UTF-8 with or without a mark, UTF-16 with one, or Windows-1252; separated by commas, semicolons, tabs or bars.
XLSX through openpyxl's read-only reader. Anything else is refused with a sentence that says what to do instead.
"""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mutualgov.core.rulings import Refusal

from .columns import recognised

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED = 250 * 1024 * 1024
MOST_ROWS = 50_000
HEADING_WITHIN = 15  # rows that may stand above the headings: a title, a date, an empty line
FEWEST_HEADINGS = 3
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


class UnreadableFile(Refusal):
    """The file is not a staff file that can be read."""

    def __init__(self, why: str) -> None:
        super().__init__(why, rule="staff file")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells as text, one for each heading."""

    number: int
    cells: tuple[str, ...]
    surplus: int = 0  # cells beyond the last heading, or missing before it if negative


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read. ``notes`` are sentences about the file as a whole."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def read_sheet(content: bytes, *, filename: str) -> Sheet:
    """Rows below the headings. Raises UnreadableFile with what is wrong and what to do."""
    if not content.strip():
        raise UnreadableFile(f"{filename} is empty. Export the staff list again.")
    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            f"{filename} has {len(content) / 2**20:.0f} MB; at most {MOST_BYTES // 2**20} MB are read. "
            "Leave out columns that are not needed, or pictures."
        )
    _refuse_other_kinds(content, filename)
    if content.startswith(b"PK\x03\x04"):
        return _sheet(_read_workbook(content, filename), [], filename)
    numbered, notes = _read_text(content, filename)
    return _sheet(numbered, notes, filename, counts_cells=True)


def _refuse_other_kinds(content: bytes, filename: str) -> None:
    start = content[:512].lstrip().lower()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(f"{filename} is an old Excel file (.xls). Open it and save it as .xlsx or CSV.")
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise UnreadableFile(f"{filename} is a web page, not a table. Open it in Excel and save it as .xlsx or CSV.")
    if start.startswith((b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8")):
        raise UnreadableFile(f"{filename} is a picture or a PDF, not a table. Export the staff list as CSV or .xlsx.")


# --- text -------------------------------------------------------------------------------------------------------------


def _read_text(content: bytes, filename: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    text, encoding = _decode(content, filename)
    notes = [f"Read as {encoding}."] if encoding != "UTF-8" else []
    separator = _separator(text)
    if separator != ",":
        notes.append(f"Columns are separated by {SEPARATORS[separator]}.")
    numbered: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS + HEADING_WITHIN:
                raise UnreadableFile(_too_many(filename))
            numbered.append((number, cells))
    except csv.Error as wrong:
        row = len(numbered) + 1
        if "end of data" in str(wrong):
            raise UnreadableFile(
                f"{filename} stops inside a quotation that began in row {row}: the end is missing. Export it again."
            ) from None
        raise UnreadableFile(
            f"{filename} cannot be read in row {row}: a quotation mark stands where none may."
        ) from None
    _refuse_cut_off(text, numbered, filename)
    return numbered, notes


def _decode(content: bytes, filename: str) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding), "UTF-8" if encoding == "utf-8-sig" else "UTF-16"
            except UnicodeDecodeError:
                raise UnreadableFile(f"{filename} is damaged: its text stops half-way. Export it again.") from None
    if b"\x00" in content:
        raise UnreadableFile(f"{filename} is not a text or Excel file. Export the staff list as CSV or .xlsx.")
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; they become the sign for an unreadable letter, and stand out.
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _separator(text: str) -> str:
    """The one that makes most known headings of the first rows."""
    start = io.StringIO("".join(text.splitlines(keepends=True)[:HEADING_WITHIN]))
    lines = start.read()

    def headings(separator: str) -> int:
        try:
            return max(recognised(cells) for cells in csv.reader(io.StringIO(lines), delimiter=separator))
        except (csv.Error, ValueError):
            return 0

    return max(SEPARATORS, key=headings)


def _refuse_cut_off(text: str, numbered: list[tuple[int, list[str]]], filename: str) -> None:
    """A last row that lacks cells and its line end was cut off on the way."""
    if len(numbered) < 3 or text.endswith(("\n", "\r")):
        return
    number, cells = numbered[-1]
    usual = len(numbered[-2][1])
    if len(cells) < usual and not is_total(cells):
        raise UnreadableFile(
            f"{filename} stops in the middle of row {number}: it has {len(cells)} of {usual} columns. Export it again."
        )


# --- Excel ------------------------------------------------------------------------------------------------------------


def _read_workbook(content: bytes, filename: str) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise UnreadableFile(f"{filename} unpacks to more than {MOST_UNPACKED // 2**20} MB and is not read.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise UnreadableFile(f"{filename} is not a whole Excel file. Save it again as .xlsx or CSV.") from None
    try:
        best: list[tuple[int, list[str]]] = []
        for sheet in book.worksheets:
            numbered = list(_cells_of(sheet, filename))
            if _most_headings(numbered) > _most_headings(best):
                best = numbered
        return best
    finally:
        book.close()


def _cells_of(sheet: Any, filename: str) -> Iterator[tuple[int, list[str]]]:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # some writers state a size that is not true
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS + HEADING_WITHIN:
            raise UnreadableFile(_too_many(filename))
        yield number, [_as_text(value) for value in values]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- headings and rows ------------------------------------------------------------------------------------------------


def _sheet(
    numbered: list[tuple[int, list[str]]], notes: list[str], filename: str, *, counts_cells: bool = False
) -> Sheet:
    """Headings and rows. In text (``counts_cells``) a row with more or fewer cells than usual shows a fault."""
    at = _heading_at(numbered, filename)
    headings = _tidy(numbered[at][1])
    below = [(number, _tidy(cells)) for number, cells in numbered[at + 1 :]]
    usual = _usual_cells([cells for _, cells in below], len(headings)) if counts_cells else 0
    while headings and not headings[-1]:
        headings.pop()
    if at:
        notes.append(f"The headings are in row {numbered[at][0]}; what stands above them is left out.")
    rows = tuple(_row(number, cells, len(headings), usual) for number, cells in below if any(cells))
    if not rows:
        raise UnreadableFile(f"{filename} has headings and no rows below them. Export the staff list again.")
    return Sheet(tuple(headings), rows, tuple(notes))


def _usual_cells(rows: list[list[str]], headings: int) -> int:
    """How many cells a whole row has: one for each heading, or more where most rows end in empty ones."""
    filled = [cells for cells in rows if any(cells)]
    if not filled:
        return headings
    length, count = Counter(len(cells) for cells in filled).most_common(1)[0]
    beyond = any(any(cells[headings:]) for cells in filled if len(cells) == length)
    return headings if beyond or 2 * count <= len(filled) else max(headings, length)


def _row(number: int, cells: list[str], width: int, usual: int) -> Row:
    surplus = len(cells) - usual if usual else sum(1 for cell in cells[width:] if cell)
    return Row(number, (*cells, *[""] * (width - len(cells)))[:width], surplus)


def _heading_at(numbered: list[tuple[int, list[str]]], filename: str) -> int:
    near = numbered[:HEADING_WITHIN]
    best = max(range(len(near)), key=lambda i: recognised(near[i][1]), default=0)
    if not near or recognised(near[best][1]) < FEWEST_HEADINGS:
        raise UnreadableFile(
            f"{filename} is not a staff list: no row has headings such as Employee Number, Last Name and First Name. "
            "Export the staff list with its headings."
        )
    return best


def _most_headings(numbered: list[tuple[int, list[str]]]) -> int:
    return max((recognised(cells) for _, cells in numbered[:HEADING_WITHIN]), default=0)


def is_total(cells: Iterable[str]) -> bool:
    """A row that adds up or says how the report ended, and is about nobody."""
    first = next((cell.strip().casefold() for cell in cells if cell.strip()), "")
    return first.startswith(("total", "grand total", "count", "records", "end of report", "report total"))


def _tidy(cells: Iterable[str]) -> list[str]:
    """Without characters that nobody sees: no-break and zero-width spaces, NULs, stray byte-order marks."""
    return [" ".join(cell.translate(UNSEEN).split()) for cell in cells]


UNSEEN = {ord("\u00a0"): " ", ord("\u200b"): None, ord("\ufeff"): None, 0: None}


def _too_many(filename: str) -> str:
    return f"{filename} has more than {MOST_ROWS:,} rows; a staff list of one employer has fewer. Check the file."
