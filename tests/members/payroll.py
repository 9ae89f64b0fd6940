"""Small staff files for stories: one plain row, and what is said of it when it comes in."""

import csv
import io
from datetime import date, datetime

from members.feed.actions import approve_batch, propose_staff_feed
from members.feed.sample import HEADINGS
from members.models import FeedBatch
from tests.conftest import NOON, TODAY

ANN = {
    "Employee Number": "10949595",
    "NI Number": "AA123456A",
    "Last Name": "Weaver",
    "First Name": "Ann",
    "Date of Birth": "01/02/1980",
    "Email Address": "ann.weaver@staff.example",
    "Home Address 1": "1 Weir Lane",
    "Postcode": "MB1 1AA",
    "Organisation": "Riverside Care Society",
    "Staff Group": "Nursing and Midwifery Registered",
    "Assignment Category": "Permanent",
    "Assignment Status": "Active",
    "Primary": "Y",
    "FTE": "1",
    "Latest Start Date": "01/09/2019",
    "Continuous Service Date": "01/09/2019",
    "Assignment Start": "01/09/2019",
    "Termination Date": "31/12/4712",
}
BEN = {
    **ANN,
    "Employee Number": "10949602",
    "NI Number": "AA123457B",
    "Last Name": "Baker",
    "First Name": "Ben",
    "Date of Birth": "03/04/1975",
    "Email Address": "ben.baker@staff.example",
    "Postcode": "MB2 2BB",
    "Staff Group": "Estates and Ancillary",
}


def ann(**cells: str) -> dict[str, str]:
    """Ann's row with some cells otherwise: ``ann(Last_Name="Weft")``."""
    return ANN | {name.replace("_", " "): value for name, value in cells.items()}


def ben(**cells: str) -> dict[str, str]:
    return BEN | {name.replace("_", " "): value for name, value in cells.items()}


def others(n: int) -> list[dict[str, str]]:
    """So many further people, each plainly somebody else."""
    return [
        ann(
            Employee_Number=str(20_000_000 + i),
            NI_Number=f"AA{200_000 + i}C",
            Last_Name=f"Other{i}",
            First_Name="Oda",
            Email_Address=f"oda{i}@staff.example",
            Postcode=f"MB3 {i % 9}{'ABDEFGHJ'[i % 8]}X",
        )
        for i in range(n)
    ]


def as_csv(*rows: dict[str, str], headings: tuple[str, ...] = HEADINGS, delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, headings, restval="", delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def propose(
    *rows: dict[str, str], on: date = TODAY, at: datetime = NOON, filename: str = "staff.csv", content: bytes = b""
) -> FeedBatch:
    return propose_staff_feed(file=content or as_csv(*rows), filename=filename, by="tests", at=at, effective_on=on)


def bring_in(*rows: dict[str, str], on: date = TODAY, at: datetime = NOON, despite: str = "") -> FeedBatch:
    """Propose and approve."""
    return approve_batch(batch=propose(*rows, on=on, at=at), by="tests", at=at, despite=despite)


def said(batch: FeedBatch) -> list[tuple[str, int | None, str]]:
    """Everything a batch proposes: kind, row, sentence."""
    return [(line.kind, line.row_number, line.sentence) for line in batch.lines.all()]


def kinds(batch: FeedBatch) -> list[tuple[str, int | None]]:
    return [(line.kind, line.row_number) for line in batch.lines.all()]
