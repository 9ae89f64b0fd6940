"""The made-up staff file: the same every time, and with every mess it promises."""

import csv
import io
from collections import Counter
from datetime import date

from members.feed.columns import match_columns
from members.feed.files import read_sheet
from members.feed.people import read_people
from members.feed.sample import HEADINGS, sample_staff_csv


def rows(**how):
    return list(csv.DictReader(io.StringIO(sample_staff_csv(**how))))


def reading(**how):
    sheet = read_sheet(sample_staff_csv(**how).encode(), filename="staff.csv")
    return read_people(sheet, match_columns(sheet.headings))


def test_the_same_arguments_give_the_same_file():
    assert sample_staff_csv(seed=7) == sample_staff_csv(seed=7)
    assert sample_staff_csv(seed=7) != sample_staff_csv(seed=8)


def test_it_has_as_many_rows_as_asked_and_a_total():
    made = rows(rows=800)

    assert (len(made), made[-1]["Employee Number"], made[-1]["Assignment Number"]) == (801, "Total", "800")


def test_every_row_is_read_and_nobody_is_held_back():
    found = reading(rows=800)

    assert [said.sentence for said in found.said if said.held] == []
    assert len(found.people) == 798


def test_the_messes_are_inside():
    made = rows(rows=800)
    categories = Counter(row["Assignment Category"] for row in made)

    assert {"Bank", "Honorary", "Agency", "Non-Exec", "Locum", "Apprentice", "Fixed Term Temp"} < set(categories)
    assert any(row["Employee Number"].startswith("00") for row in made)
    assert {"O’Brien", "THISTLEWOOD-HALE"} <= {row["Last Name"] for row in made}
    assert set(HEADINGS) - set(made[0]) == {"Email Address", "Continuous Service Date"}


def test_nobody_has_the_name_of_another():
    names = Counter((row["First Name"], row["Last Name"]) for row in rows(rows=800, messes=False))

    assert set(names.values()) == {1}


def test_plain_files_are_plain():
    assert {row["Assignment Category"] for row in rows(rows=50, messes=False)} == {"Permanent"}


def test_next_months_file_has_joiners_and_leavers():
    on = date(2026, 7, 1)
    before = {row["Employee Number"] for row in rows(rows=60, messes=False)}
    after = rows(rows=60, messes=False, on=on, joiners=4, leavers=2)

    assert len({row["Employee Number"] for row in after} - before) == 4
    assert sum(row["Termination Date"] == "30/06/2026" for row in after) == 2


def test_no_number_can_be_a_real_persons():
    assert {row["NI Number"][:2] for row in rows(rows=300)} <= {"AA", "TN", ""}
    assert all(row["E-Mail Addres"].endswith(".example") for row in rows(rows=300) if row["E-Mail Addres"])
