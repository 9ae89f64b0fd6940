"""A staff file such as payroll exports, made up: for the tests, the demonstration and anybody to try the feed with.

The same arguments always give the same file. Every name is invented, every e-mail address ends in ``.example`` and no
National Insurance number can be a real one's neighbour: they all start with the letters AA.

Besides its ordinary rows a file with ``messes`` holds, each at least once:

- a person with two assignments, of which the second is the larger; one with none marked primary (1, 2)
- an employee number whose noughts in front are lost, a name in capitals, O’Brien with a typographic apostrophe (5, 18)
- National Insurance numbers that are missing or temporary, a mailbox that two people share, an empty one (7, 8)
- a starter and a leaver whose day is still to come (11)
- bank, honorary, locum, agency and non-executive rows; fixed terms short and long (13, 14)
- maternity leave, a career break, a secondment (15)
- full-time equivalents of 0 and above 1 (16)
- dates as 04/03/2026, 2026-03-04, 04-MAR-2026, as Excel's count of days, and 31/12/4712 (17)
- a heading that has drifted, a row of totals at the end (19)
- an apprentice too young for a minimum age of 16, and a job title that starts with an equals sign (21)
"""

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

HEADINGS = (
    "Employee Number",
    "Assignment Number",
    "NI Number",
    "Title",
    "Last Name",
    "First Name",
    "Middle Names",
    "Preferred Name",
    "Previous Last Name",
    "Date of Birth",
    "Gender",
    "Ethnic Origin",
    "Email Address",
    "Home Address 1",
    "Home Address 2",
    "Town",
    "County",
    "Postcode",
    "Organisation",
    "Department",
    "Location",
    "Position Title",
    "Staff Group",
    "Pay Band",
    "Assignment Category",
    "Employee Category",
    "Assignment Status",
    "Primary",
    "FTE",
    "Latest Start Date",
    "Continuous Service Date",
    "Assignment Start",
    "Fixed Term End",
    "Termination Date",
    "Leaving Reason",
    "Payroll Name",
    "Line Manager",
)
DRIFTED = {"Email Address": "E-Mail Addres", "Continuous Service Date": "Continuous Service Dt"}
_GIVEN = (
    "Abigail Adeola Aisha Alastair Amira Anwen Asif Beatrix Bronagh Callum Ceri Chidi Clarice Declan Dilys Edith "
    "Eluned Farid Fergus Gethin Gwen Hamish Hana Ifeoma Imogen Iwan Jagdeep Jocelyn Kamal Kerensa Lowri Magnus "
    "Mairead Marek Nadia Niamh Olwen Oskar Parveen Piotr Ravi Rhona Rhys Saoirse Seren Tariq Tegan Ursula Winston "
    "Yusuf Zainab"
)
GIVEN = tuple(_GIVEN.split())
_FAMILY = (
    "Ackerdale Ashgrove Barleycote Birkwell Braithwell Brackenby Cawthorpe Coldharrow Cranmoss Dapplefield Dunnockton "
    "Eastermoor Elmscale Fallowby Fennimoor Garsthwaite Gorsley Greatorchard Hallowmere Harkerside Hawksworthy "
    "Idleford Inglebeck Jessamine Kestrelby Kirkbrae Larchfield Lindenhow Lowmeadow Marlbeck Mossgarth Netherwood "
    "Nightinghill Oakenshaw Orchardby Pennistry Pikestone Quarrendale Ravensty Rookhope Rushmere Saltersby Silverlea "
    "Stonecroft Teasdaleby Thistlewood Underbank Vineyardson Waxwingham Wetherlam Willowbank Yarrowdale"
)
FAMILY = tuple(_FAMILY.split())
TOWNS = (("Millbeck", "MB1"), ("Saltings", "MB2"), ("Upper Thornley", "MB3"), ("Kirk Harbour", "MB4"))
STREETS = ("Weir Lane", "Chapel Row", "Foundry Street", "The Maltings", "Sluice Road", "Orchard Close", "Tannery Hill")
#: Staff groups of the NHS staff record, how often of a hundred, and a post in each.
STAFF_GROUPS = (
    ("Nursing and Midwifery Registered", 30, "Community Nurse", "Community Nursing"),
    ("Allied Health Professionals", 14, "Physiotherapist", "Therapies"),
    ("Additional Clinical Services", 26, "Support Worker", "Home Care"),
    ("Administrative and Clerical", 16, "Team Administrator", "Business Support"),
    ("Estates and Ancillary", 7, "Catering Assistant", "Catering"),
    ("Add Prof Scientific and Technic", 4, "Pharmacy Technician", "Medicines"),
    ("Medical and Dental", 2, "Community Dentist", "Dental"),
    ("Healthcare Scientists", 1, "Audiologist", "Audiology"),
)
Cells = dict[str, str]


def sample_staff_csv(
    *,
    rows: int = 800,
    seed: int = 1,
    on: date = date(2026, 6, 1),
    organisation: str = "Riverside Care Society",
    messes: bool = True,
    joiners: int = 0,
    leavers: int = 0,
) -> str:
    """A staff file of so many rows, the totals row not counted.

    seed     another gives other people
    on       the day it was exported: starters and leavers still to come are placed round it
    messes   False gives only plain, permanent rows
    joiners  so many people more than the same file without, at its end: next month's file
    leavers  so many of the first plain people have left on the day before ``on``
    """
    draw = random.Random(seed)
    made = [_person(draw, number, on, organisation) for number in range(rows)]
    if messes:
        for number, mess in enumerate(MESSES):
            if 3 * number + 10 < rows:
                mess(made, 3 * number + 8, on)
        for number, cells in enumerate(made):
            if number % 11 == 10:
                _in_another_way(cells, number // 11)
    for cells in [cells for cells in made if cells["Staff Group"] and not cells["Termination Date"]][:leavers]:
        cells["Termination Date"] = _uk(on - timedelta(days=1))
        cells["Leaving Reason"] = "Voluntary Resignation"
    made += [_person(draw, rows + 1000 + number, on, organisation) for number in range(joiners)]
    return _as_csv(made, messes=messes)


def _as_csv(made: Sequence[Cells], *, messes: bool) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([DRIFTED.get(heading, heading) if messes else heading for heading in HEADINGS])
    writer.writerows([[cells[heading] for heading in HEADINGS] for cells in made])
    if messes:
        writer.writerow(["Total", str(len(made)), *[""] * (len(HEADINGS) - 2)])
    return out.getvalue()


def _person(draw: random.Random, number: int, on: date, organisation: str) -> Cells:
    """One permanent member of staff. Names run through all pairs before one comes twice."""
    given = GIVEN[number % len(GIVEN)]
    family = FAMILY[(number // len(GIVEN) + number % len(GIVEN)) % len(FAMILY)]
    group, _, position, department = draw.choices(STAFF_GROUPS, weights=[row[1] for row in STAFF_GROUPS])[0]
    town, outward = draw.choice(TOWNS)
    started = on - timedelta(days=draw.randrange(40, 9000))
    employee = str(10_400_000 + number * 7)
    return {
        **dict.fromkeys(HEADINGS, ""),
        "Employee Number": employee,
        "Assignment Number": employee,
        "NI Number": f"AA{100_000 + number:06}{'ABCD'[number % 4]}",
        "Title": draw.choice(("Mr", "Ms", "Mrs", "Dr", "Mx")),
        "Last Name": family,
        "First Name": given,
        "Date of Birth": _uk(date(1960, 1, 1) + timedelta(days=draw.randrange(0, 15_000))),
        "Gender": draw.choice(("Female", "Male")),
        "Email Address": f"{given}.{family}{number}@staff.example".lower(),
        "Home Address 1": f"{draw.randrange(1, 90)} {draw.choice(STREETS)}",
        "Town": town,
        "County": "Thornshire",
        "Postcode": f"{outward} {draw.randrange(1, 9)}{draw.choice('ABDEFGHJLN')}{draw.choice('PQRSTUWXYZ')}",
        "Organisation": organisation,
        "Department": department,
        "Location": f"{town} Clinic",
        "Position Title": position,
        "Staff Group": group,
        "Pay Band": f"Band {draw.randrange(2, 8)}",
        "Assignment Category": "Permanent",
        "Employee Category": draw.choice(("Full Time", "Part Time")),
        "Assignment Status": "Active",
        "Primary": "Y",
        "FTE": draw.choice(("1", "1", "0.8", "0.6", "0.5")),
        "Latest Start Date": _uk(started),
        "Continuous Service Date": _uk(started),
        "Assignment Start": _uk(started),
        "Termination Date": "31/12/4712",
        "Payroll Name": "Monthly",
        "Line Manager": "",
    } | ({"Termination Date": ""} if number % 2 else {})


def _uk(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _in_another_way(cells: Cells, turn: int) -> None:
    """The same dates as another system would write them."""
    ways: tuple[Callable[[date], str], ...] = (
        date.isoformat,
        lambda on: f"{on:%d-%b-%Y}".upper(),
        lambda on: str((on - date(1899, 12, 30)).days),
        lambda on: f"{on.isoformat()} 00:00:00",
    )
    for heading in ("Date of Birth", "Latest Start Date", "Continuous Service Date", "Assignment Start"):
        day, month, year = (int(part) for part in cells[heading].split("/"))
        cells[heading] = ways[turn % len(ways)](date(year, month, day))


# --- messes: each alters the rows it finds at a position --------------------------------------------------------------

Mess = Callable[[list[Cells], int, date], None]


def _changed(**cells: str) -> Mess:
    """A mess that writes cells of one row; ``First_Name`` stands for ``First Name``."""

    def mess(made: list[Cells], at: int, on: date) -> None:
        for name, value in cells.items():
            made[at][name.replace("_", " ")] = value

    return mess


def _second_assignment(made: list[Cells], at: int, on: date) -> None:
    first, second = made[at], made[at + 1]
    second.update({**first, "Assignment Number": f"{first['Employee Number']}-2", "Primary": "N", "FTE": "0.6"})
    first["FTE"] = "0.4"


def _no_primary(made: list[Cells], at: int, on: date) -> None:
    _second_assignment(made, at, on)
    made[at]["Primary"] = "N"


def _shared_mailbox(made: list[Cells], at: int, on: date) -> None:
    made[at]["Email Address"] = made[at + 1]["Email Address"] = "reception.millbeck@staff.example"


def _starts_later(made: list[Cells], at: int, on: date) -> None:
    starts = _uk(on + timedelta(days=30))
    for heading in ("Latest Start Date", "Continuous Service Date", "Assignment Start"):
        made[at][heading] = starts


def _leaves_later(made: list[Cells], at: int, on: date) -> None:
    made[at].update({"Termination Date": _uk(on + timedelta(days=29)), "Leaving Reason": "Retirement Age"})


def _fixed_term(days_served: int, days_left: int) -> Mess:
    def mess(made: list[Cells], at: int, on: date) -> None:
        started = _uk(on - timedelta(days=days_served))
        made[at].update(
            {
                "Assignment Category": "Fixed Term Temp",
                "Fixed Term End": _uk(on + timedelta(days=days_left)),
                "Latest Start Date": started,
                "Continuous Service Date": started,
                "Assignment Start": started,
            }
        )

    return mess


def _too_young(made: list[Cells], at: int, on: date) -> None:
    made[at].update(
        {
            "Assignment Category": "Apprentice",
            "Date of Birth": _uk(on.replace(year=on.year - 16) + timedelta(days=90)),
            "Latest Start Date": _uk(on - timedelta(days=20)),
            "Continuous Service Date": _uk(on - timedelta(days=20)),
            "Assignment Start": _uk(on - timedelta(days=20)),
        }
    )


def _noughts(made: list[Cells], at: int, on: date) -> None:
    made[at]["Employee Number"] = made[at]["Assignment Number"] = f"00{made[at]['Employee Number'][2:]}"


MESSES: tuple[Mess, ...] = (
    _second_assignment,
    _no_primary,
    _noughts,
    _changed(First_Name="MARGARET", Last_Name="THISTLEWOOD-HALE"),
    _changed(First_Name="Siobhán", Last_Name="O’Brien"),
    _changed(NI_Number=""),
    _changed(NI_Number="TN010180F"),
    _shared_mailbox,
    _changed(Email_Address=""),
    _starts_later,
    _leaves_later,
    _changed(Assignment_Category="Bank"),
    _changed(Assignment_Category="Honorary", FTE="0"),
    _changed(Assignment_Category="Agency"),
    _changed(Assignment_Category="Non-Exec", Staff_Group=""),
    _changed(Assignment_Category="Locum"),
    _fixed_term(120, 60),
    _fixed_term(500, 200),
    _changed(Assignment_Status="Maternity/Adoption"),
    _changed(Assignment_Status="Career Break"),
    _changed(Assignment_Status="Out on Secondment"),
    _changed(FTE="0"),
    _changed(FTE="1.2"),
    _too_young,
    _changed(Position_Title="=HYPERLINK(1,2)"),
    _changed(Preferred_Name="Bea", Middle_Names="Rose"),
)
