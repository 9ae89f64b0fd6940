"""The register as a file."""

import csv
import io
from collections.abc import Callable, Iterable

from .queries import RegisterLine

HEADINGS = (
    "Number",
    "Surname",
    "Given name",
    "Service address",
    "Class",
    "Constituency",
    "Date entered as a member",
    "Date membership ceased",
    "Reference",
)
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that would start one gets an apostrophe in front.

    >>> harmless("=1+1"), harmless("O'Brien")
    ("'=1+1", "O'Brien")
    """
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def register_csv(lines: Iterable[RegisterLine], *, label: Callable[[str], str]) -> str:
    """The statutory register as CSV: what the law has in it, and no more.

    label  what members call a class or constituency
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in lines:
        cells = (
            str(line.number),
            line.family_name,
            line.given_name,
            line.service_address.replace("\n", ", "),
            label(line.class_key),
            label(line.constituency_key) if line.constituency_key else "",
            line.joined_on.isoformat(),
            line.ceased_on.isoformat() if line.ceased_on else "",
            line.reference,
        )
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue()
