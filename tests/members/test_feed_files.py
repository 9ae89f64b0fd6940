"""Reading staff files: lenient in what comes, exact in what is said of it. No database."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from members.feed import files
from members.feed.columns import match_columns, missing_fields
from members.feed.files import UnreadableFile, read_sheet
from members.feed.people import read_people
from members.feed.sample import HEADINGS
from members.feed.values import read_date
from tests.members.payroll import ann, as_csv, ben


def people(content, filename="staff.csv"):
    sheet = read_sheet(content, filename=filename)
    return read_people(sheet, match_columns(sheet.headings))


def names(content, filename="staff.csv"):
    return [(staff.name, staff.born_on, staff.row) for staff in people(content, filename).people]


PLAIN = [("Ann Weaver", date(1980, 2, 1), 2), ("Ben Baker", date(1975, 4, 3), 3)]


def workbook(*rows, sheets=(), native=False):
    book = Workbook()
    for title in sheets:
        book.active.title = title
        book.active.append(["Nothing to see here"])
        book.create_sheet("Staff")
        book.active = book["Staff"]
    sheet = book.active
    sheet.append(HEADINGS)
    for row in rows:
        cells = [row.get(heading, "") for heading in HEADINGS]
        if native:
            cells = [as_excel_has_it(heading, cell) for heading, cell in zip(HEADINGS, cells, strict=True)]
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_excel_has_it(heading, cell):
    if heading == "Employee Number":
        return int(cell)
    if heading == "FTE":
        return float(cell)
    if "/" in cell and not cell.endswith("4712"):
        return datetime.strptime(cell, "%d/%m/%Y")  # noqa: DTZ007  as openpyxl gives it
    return cell or None


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (as_csv(ann(), ben()), ()),
        (b"\xef\xbb\xbf" + as_csv(ann(), ben()), ()),
        (as_csv(ann(), ben()).decode().encode("utf-16"), ("Read as UTF-16.",)),
        (as_csv(ann(), ben(), delimiter=";"), ("Columns are separated by semicolons.",)),
        (as_csv(ann(), ben(), delimiter="\t"), ("Columns are separated by tabs.",)),
        (as_csv(ann(), ben()).replace(b"\r\n", b"\n"), ()),
    ],
    ids=["utf-8", "mark", "utf-16", "semicolons", "tabs", "unix line ends"],
)
def test_text_is_read_however_it_was_saved(content, notes):
    assert (names(content), people(content).notes) == (PLAIN, notes)


@pytest.mark.parametrize("native", [False, True], ids=["as text", "as Excel's own numbers and dates"])
def test_excel_files_are_read(native):
    assert names(workbook(ann(), ben(), native=native), "staff.xlsx") == PLAIN


def test_the_worksheet_with_the_staff_is_found():
    assert names(workbook(ann(), ben(), sheets=["Cover"]), "staff.xlsx") == PLAIN


def test_rows_above_the_headings_are_left_out_and_rows_keep_their_numbers():
    content = b"Staff in post\r\nRun on 1 June 2026\r\n\r\n" + as_csv(ann(), {}, ben())

    reading = people(content)

    assert [(staff.name, staff.row) for staff in reading.people] == [("Ann Weaver", 5), ("Ben Baker", 7)]
    assert reading.notes == ("The headings are in row 4; what stands above them is left out.",)


def test_a_separator_inside_a_cell_holds_back_its_row_alone():
    content = as_csv(ann(), ben()).replace(b"Weir Lane", b"Weir, Lane,, x", 1)

    reading = people(content)

    assert [staff.name for staff in reading.people] == ["Ben Baker"]
    assert reading.said[0].row == 2
    assert reading.said[0].sentence.startswith("This row has more cells than there are headings (3 more)")


def test_empty_cells_after_the_last_heading_are_no_fault():
    lines = as_csv(ann(), ben()).decode().splitlines()

    reading = people("\r\n".join([lines[0], *[f"{line},," for line in lines[1:]], ""]).encode())

    assert [(staff.name, staff.doubts) for staff in reading.people] == [("Ann Weaver", ()), ("Ben Baker", ())]


def test_a_short_row_in_the_middle_is_read_with_a_doubt():
    lines = as_csv(ann(), ben()).decode().splitlines()
    lines[1] = lines[1].rsplit(",", 3)[0]

    reading = people(("\r\n".join(lines) + "\r\n").encode())

    assert reading.people[0].doubts == ("The row ends early (3 missing); what is missing is read as empty.",)


REFUSED = [
    (b"", "staff.csv is empty. Export the staff list again."),
    (b" \r\n ", "staff.csv is empty. Export the staff list again."),
    (as_csv(), "staff.csv has headings and no rows below them. Export the staff list again."),
    (b"\xd0\xcf\x11\xe0 old", "staff.csv is an old Excel file (.xls). Open it and save it as .xlsx or CSV."),
    (b"<html><table>", "staff.csv is a web page, not a table. Open it in Excel and save it as .xlsx or CSV."),
    (b"%PDF-1.4", "staff.csv is a picture or a PDF, not a table. Export the staff list as CSV or .xlsx."),
    (b"PK\x03\x04 not a zip", "staff.csv is not a whole Excel file. Save it again as .xlsx or CSV."),
    (b"a\x00b\x00c", "staff.csv is not a text or Excel file. Export the staff list as CSV or .xlsx."),
    (
        b"Dear all,\r\nplease find enclosed\r\n",
        "staff.csv is not a staff list: no row has headings such as Employee Number, Last Name and First Name. "
        "Export the staff list with its headings.",
    ),
    (
        as_csv(ann(), ben()) + b'"1094',
        "staff.csv stops inside a quotation that began in row 4: the end is missing. Export it again.",
    ),
    (
        as_csv(ann(), ben())[:-200],
        "staff.csv stops in the middle of row 3: it has 3 of 37 columns. Export it again.",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), REFUSED, ids=[sentence[:40] for _, sentence in REFUSED])
def test_what_is_no_staff_file_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(content, filename="staff.csv")

    assert refused.value.reason == sentence


def test_a_whole_workbook_that_was_cut_off_is_refused():
    with pytest.raises(UnreadableFile, match="is not a whole Excel file"):
        read_sheet(workbook(ann())[:-900], filename="staff.xlsx")


def test_a_huge_file_is_refused_before_it_is_read():
    content = as_csv(ann()) * (files.MOST_BYTES // len(as_csv(ann())) + 1)

    with pytest.raises(UnreadableFile, match="at most 25 MB are read"):
        read_sheet(content, filename="staff.csv")


def test_a_file_of_endless_rows_is_refused():
    content = as_csv(ann()) + b"1,2,3\r\n" * files.MOST_ROWS + b"1,2,3\r\n" * 20

    with pytest.raises(UnreadableFile, match="has more than 50,000 rows"):
        read_sheet(content, filename="staff.csv")


def test_headings_that_are_needed_and_missing_are_named():
    columns = match_columns(["Payroll Number", "Surname", "Postcode"])

    needed, missed = missing_fields(columns)

    assert needed == ["given_name"]
    assert missed[0] == (
        "There is no column Date of Birth. Without dates of birth, nobody's age can be checked and people who come "
        "back are harder to recognise."
    )


def test_what_was_said_before_wins_over_the_heading():
    columns = match_columns(["Staff Group", "Team"], told={"staffgroup": "department", "team": "staff_group"})

    assert [(column.field, column.sure) for column in columns] == [("department", True), ("staff_group", True)]


def test_no_field_is_read_from_two_columns():
    columns = match_columns(["Surname", "Last Name", "Last  Nam"])

    assert [column.field for column in columns] == ["family_name", "", ""]


@pytest.mark.parametrize("text", ["31/02/2026", "2026-13-01", "03/25/2026", "soon", "1/1", "01/01/0026"])
def test_what_is_no_date_is_told(text):
    with pytest.raises(ValueError, match=f"“{text}”"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "on"), [("01/02/41", date(1941, 2, 1)), ("01/02/40", date(2040, 2, 1)), ("29/02/2024", date(2024, 2, 29))]
)
def test_short_years_and_leap_days(text, on):
    assert read_date(text) == on
