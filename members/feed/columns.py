"""Which column is which: by its heading, by what was said last time, else by the nearest name, shown and saved."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

#: What is read from a staff file: the field, and the headings it goes by.
HEADINGS: dict[str, tuple[str, ...]] = {
    "employee_number": ("Employee Number", "Employee No", "Employee ID", "Staff Number", "Payroll Number"),
    "assignment_number": ("Assignment Number", "Assignment No", "Assignment ID", "Post Number"),
    "insurance_number": ("NI Number", "National Insurance Number", "NINO", "NI No"),
    "title": ("Title",),
    "family_name": ("Last Name", "Surname", "Family Name"),
    "given_name": ("First Name", "Forename", "Given Name"),
    "middle_names": ("Middle Names", "Middle Name", "Other Names"),
    "known_as": ("Preferred Name", "Known As"),
    "previous_family_name": ("Previous Last Name", "Previous Surname", "Maiden Name"),
    "born_on": ("Date of Birth", "DOB", "Birth Date"),
    "gender": ("Gender", "Sex"),
    "ethnic_origin": ("Ethnic Origin", "Ethnicity"),
    "email": ("Email Address", "Email", "Work Email", "E-mail"),
    "address_1": ("Home Address 1", "Address 1", "Address Line 1"),
    "address_2": ("Home Address 2", "Address 2", "Address Line 2"),
    "town": ("Town", "City"),
    "county": ("County",),
    "postcode": ("Postcode", "Post Code"),
    "organisation": ("Organisation", "Organization", "Employer"),
    "department": ("Department", "Directorate", "Service"),
    "location": ("Location", "Site", "Base"),
    "position": ("Position Title", "Job Title", "Position"),
    "staff_group": ("Staff Group", "Staffing Group"),
    "pay_band": ("Pay Band", "Band", "Grade"),
    "category": ("Assignment Category", "Contract Type", "Employment Type"),
    "employee_category": ("Employee Category", "Full or Part Time"),
    "status": ("Assignment Status", "Status"),
    "primary": ("Primary", "Primary Assignment", "Primary Flag"),
    "fte": ("FTE", "Whole Time Equivalent", "WTE"),
    "latest_start_on": ("Latest Start Date", "Start Date", "Hire Date"),
    "continuous_from": ("Continuous Service Date", "Continuous Service Start", "CSD"),
    "assignment_start_on": ("Assignment Start", "Assignment Start Date"),
    "fixed_until": ("Fixed Term End", "Fixed Term End Date", "Contract End Date"),
    "last_day_on": ("Termination Date", "Leaving Date", "Leave Date", "End Date"),
    "leaving_reason": ("Leaving Reason", "Reason for Leaving"),
    "payroll_name": ("Payroll Name",),
    "line_manager": ("Line Manager", "Supervisor", "Manager"),
}
LABELS = {field: headings[0] for field, headings in HEADINGS.items()}
NEEDED = ("employee_number", "family_name", "given_name")
#: Kept out of the platform though the file has them: special category data, and what no rule of membership asks.
LEFT_OUT = frozenset({"gender", "ethnic_origin", "pay_band", "employee_category", "payroll_name", "line_manager"})
#: A file without them is read; what then cannot be known is said on the batch.
MISSED = {
    "born_on": "Without dates of birth, nobody's age can be checked and people who come back are harder to recognise.",
    "category": "Without the assignment category, a contract cannot be told from bank or honorary work.",
    "staff_group": "Without the staff group, no constituency can be found.",
    "last_day_on": "Without termination dates, leavers are only noticed when they are missing.",
    "continuous_from": "Without the continuous service date, length of service is counted from the start date.",
}
NEAR = 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file. ``field`` is empty where it is not read; ``sure`` is False where only the name is near."""

    heading: str
    field: str
    sure: bool = True

    @property
    def label(self) -> str:
        return LABELS.get(self.field, "")


def plain(heading: str) -> str:
    """A heading without what changes from export to export: capitals, spaces, underscores, stops."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


@cache
def _known() -> dict[str, str]:
    return {plain(name): field for field, names in HEADINGS.items() for name in names}


def recognised(cells: Sequence[str]) -> int:
    """How many different fields a row of headings names."""
    return len({field for cell in cells if (field := _known().get(plain(cell)))})


def match_columns(headings: Sequence[str], *, told: Mapping[str, str] | None = None) -> list[Column]:
    """A column for each heading, each field given once.

    told  what a person said before, by plain heading; wins over everything
    """
    told = told or {}
    fields: dict[int, tuple[str, bool]] = {}
    for position, heading in enumerate(headings):
        if plain(heading) in told:
            fields[position] = (told[plain(heading)], True)
    for position, heading in enumerate(headings):
        field = _known().get(plain(heading), "")
        if position not in fields and field and field not in _taken(fields):
            fields[position] = (field, True)
    for position, heading in enumerate(headings):
        if position not in fields and (field := _nearest(heading, _taken(fields))):
            fields[position] = (field, False)
    return [Column(heading, *fields.get(i, ("", True))) for i, heading in enumerate(headings)]


def missing_fields(columns: Iterable[Column]) -> tuple[list[str], list[str]]:
    """Fields that must be there and are not, and sentences on those that are missed."""
    there = {column.field for column in columns}
    return [field for field in NEEDED if field not in there], [
        f"There is no column {LABELS[field]}. {sentence}" for field, sentence in MISSED.items() if field not in there
    ]


def _taken(fields: Mapping[int, tuple[str, bool]]) -> set[str]:
    return {field for field, _ in fields.values()}


def _nearest(heading: str, taken: set[str]) -> str:
    free = {name: field for name, field in _known().items() if field not in taken}
    near = get_close_matches(plain(heading), free, n=1, cutoff=NEAR)
    return free[near[0]] if near else ""
