"""One person of several rows: a staff file has a row for each assignment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from . import values
from .columns import LABELS, Column
from .files import Row, Sheet, is_total

#: Assignment categories as contracts of the constitution. Who works under the rest has no contract of employment here.
CONTRACTS = {
    "permanent": "permanent",
    "fixed_term_temp": "fixed_term",
    "fixed_term": "fixed_term",
    "temporary": "fixed_term",
    "apprentice": "apprentice",
    "locum": "locum",
    "bank": "bank",
    "honorary": "honorary",
    "non_exec": "non_exec",
    "agency": "agency",
    "volunteer": "volunteer",
}
EMPLOYED = frozenset({"permanent", "fixed_term", "apprentice", "locum"})
#: Away but still employed; the constitution may ask for the status itself.
OVER = frozenset({"terminate", "terminated", "inactive", "ex_employee", "leaver"})
DIED = ("death in service", "died", "deceased", "death")


@dataclass(frozen=True, slots=True)
class Words:
    """What the feed's words mean in this mutual, by the key of what is said: staff groups, employers."""

    groups: Mapping[str, str] = field(default_factory=dict)
    employers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Post:
    """One assignment."""

    number: str
    started_on: date
    organisation: str = ""
    department: str = ""
    position: str = ""
    staff_group: str = ""
    category: str = ""
    status: str = ""
    is_primary: bool = False
    fte_thousandths: int = 1000
    continuous_from: date | None = None
    fixed_until: date | None = None
    last_day_on: date | None = None
    leaving_reason: str = ""

    @property
    def contract(self) -> str:
        key = values.key_of(self.category)
        return CONTRACTS.get(key, key)

    @property
    def over_without_date(self) -> bool:
        """The status says that it ended; no date says when."""
        return values.key_of(self.status) in OVER and self.last_day_on is None

    def runs(self, on: date) -> bool:
        """Whether it runs on a date; a last day counts as worked."""
        ended = self.last_day_on is not None and self.last_day_on < on
        return self.started_on <= on and not ended and not self.over_without_date

    def facts(self, on: date, *, words: Words) -> dict[str, str | bool]:
        """What a constitution may ask of this post on a date, in the mutual's own words."""
        return {
            "employed": self.runs(on) and self.contract in EMPLOYED,
            "contract": self.contract,
            "group": words.groups.get(values.key_of(self.staff_group), self.staff_group),
            "staff_group": words.groups.get(values.key_of(self.staff_group), self.staff_group),
            "employed_by": words.employers.get(values.key_of(self.organisation), self.organisation),
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Staff:
    """One person as the file tells of them. ``row`` is the first of their rows; ``doubts`` are sentences."""

    row: int
    employee_number: str
    given_name: str
    family_name: str
    title: str = ""
    known_as: str = ""
    previous_family_name: str = ""
    born_on: date | None = None
    insurance_number: str = ""
    insurance_temporary: bool = False
    email: str = ""
    address: str = ""
    postcode: str = ""
    posts: tuple[Post, ...] = ()
    rows: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def died(self) -> bool:
        return any(post.leaving_reason.casefold().startswith(DIED) for post in self.posts)

    @property
    def main_post(self) -> Post:
        return next(post for post in self.posts if post.is_primary)

    @property
    def last_day_on(self) -> date | None:
        """The last day of the last assignment; None while one goes on without end."""
        if any(post.last_day_on is None for post in self.posts):
            return None
        return max(post.last_day_on for post in self.posts if post.last_day_on)

    def runs(self, on: date) -> bool:
        return any(post.runs(on) for post in self.posts)

    def first_start_after(self, on: date) -> date | None:
        """When the first assignment begins that has not yet begun."""
        return min((post.started_on for post in self.posts if post.started_on > on), default=None)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about one row. ``held`` rows are about somebody and cannot be used; the others are about nobody."""

    row: int
    sentence: str
    held: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a file says: people, rows left out or held back, and sentences on columns."""

    people: tuple[Staff, ...]
    said: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()
    rows: int = 0


@dataclass(slots=True)
class _Line:
    """A row while it is read."""

    number: int
    staff: Staff
    post: Post


@dataclass(slots=True)
class _Group:
    lines: list[_Line] = field(default_factory=list)


def read_people(sheet: Sheet, columns: Sequence[Column]) -> Reading:
    """People of a sheet, in the order of their first rows."""
    at = {column.field: i for i, column in enumerate(columns) if column.field}
    groups: dict[str, _Group] = {}
    said: list[Said] = []
    for row in sheet.rows:
        if is_total(row.cells) and not _has_name(row, at):
            said.append(Said(row.number, "A row of totals; it is about nobody.", rule="totals"))
            continue
        try:
            line = _read_line(row, at)
        except ValueError as wrong:
            said.append(Said(row.number, str(wrong), held=True, rule="unreadable"))
            continue
        groups.setdefault(values.same_number(line.staff.employee_number), _Group()).lines.append(line)
    people: list[Staff] = []
    for group in groups.values():
        joined, refused = _one_person(group.lines)
        people.extend(joined)
        said.extend(refused)
    people, shared = _without_shared_addresses(people)
    return Reading(tuple(people), (*said, *shared), sheet.notes, len(sheet.rows))


def _has_name(row: Row, at: Mapping[str, int]) -> bool:
    return any(row.cells[at[name]] for name in ("given_name", "family_name") if name in at)


def _read_line(row: Row, at: Mapping[str, int]) -> _Line:
    def cell(name: str) -> str:
        return row.cells[at[name]] if name in at else ""

    def on(name: str) -> date | None:
        try:
            return values.read_date(cell(name))
        except ValueError as wrong:
            raise ValueError(f"{LABELS[name]}: {wrong}") from None

    doubts: list[str] = []
    if row.surplus > 0:
        raise ValueError(
            f"This row has more cells than there are headings ({row.surplus} more): a separator stands inside a cell, "
            "so nothing in the row can be trusted."
        )
    if row.surplus < 0:
        doubts.append(f"The row ends early ({-row.surplus} missing); what is missing is read as empty.")
    number = cell("employee_number") or cell("assignment_number").partition("-")[0]
    if not number:
        raise ValueError("There is no employee number, so nobody can say whose row this is.")
    if not cell("family_name") and not cell("given_name"):
        raise ValueError(f"Employee {number} has no name.")
    started_on = on("assignment_start_on") or on("latest_start_on") or on("continuous_from")
    if started_on is None:
        raise ValueError(f"{cell('given_name')} {cell('family_name')} has no start date.")
    try:
        email = values.read_email(cell("email"))
    except ValueError as wrong:
        email = ""
        doubts.append(f"{wrong} Letters will go by post.")
    fte, doubt = _fte(cell("fte"))
    doubts.extend(doubt)
    insurance = values.read_insurance_number(cell("insurance_number"))
    staff = Staff(
        row=row.number,
        employee_number=number,
        title=cell("title"),
        given_name=cell("given_name"),
        family_name=cell("family_name"),
        known_as=cell("known_as"),
        previous_family_name=cell("previous_family_name"),
        born_on=on("born_on"),
        insurance_number=insurance,
        insurance_temporary=bool(cell("insurance_number")) and not insurance,
        email=email,
        address="\n".join(part for name in ("address_1", "address_2", "town", "county") if (part := cell(name))),
        postcode=cell("postcode").upper(),
        doubts=tuple(doubts),
    )
    post = Post(
        number=cell("assignment_number") or number,
        started_on=started_on,
        organisation=cell("organisation"),
        department=cell("department"),
        position=cell("position"),
        staff_group=cell("staff_group"),
        category=cell("category"),
        status=cell("status"),
        is_primary=values.read_yes(cell("primary")),
        fte_thousandths=fte,
        continuous_from=on("continuous_from"),
        fixed_until=on("fixed_until"),
        last_day_on=on("last_day_on"),
        leaving_reason=cell("leaving_reason"),
    )
    if post.last_day_on and post.last_day_on < post.started_on:
        raise ValueError(
            f"{staff.name} leaves on {post.last_day_on:%d/%m/%Y}, before starting on {started_on:%d/%m/%Y}."
        )
    return _Line(row.number, staff, post)


def _fte(text: str) -> tuple[int, list[str]]:
    """Full-time equivalent, and what is odd about it: it decides nothing but the order of assignments."""
    try:
        fte = values.read_fte(text)
    except ValueError as wrong:
        return 1000, [str(wrong)]
    if fte == 0 or fte > 1000:
        return fte, [f"Full-time equivalent is {text}; it is noted and decides nothing."]
    return fte, []


def _one_person(lines: list[_Line]) -> tuple[list[Staff], list[Said]]:
    """The rows of one employee number as one person, or as refusals where they are plainly about two."""
    first = lines[0]
    others = [line for line in lines if not _may_be_one(first.staff, line.staff)]
    if others:
        names = " and ".join(dict.fromkeys(line.staff.name for line in lines))
        rows = ", ".join(str(line.number) for line in lines)
        sentence = (
            f"Employee number {first.staff.employee_number} stands for {names} (rows {rows}). "
            "It has been issued twice or typed wrong; none of these rows is used until payroll has put it right."
        )
        return [], [Said(line.number, sentence, held=True, rule="number issued twice") for line in lines]
    posts, doubts = _with_one_primary([line.post for line in lines])
    doubts = [*(doubt for line in lines for doubt in line.staff.doubts), *doubts]
    merged = replace(
        first.staff,
        **{
            name: next((value for line in lines if (value := getattr(line.staff, name))), getattr(first.staff, name))
            for name in ("born_on", "insurance_number", "email", "address", "postcode", "known_as", "title")
        },
        posts=posts,
        rows=tuple(line.number for line in lines),
        doubts=tuple(dict.fromkeys(doubts)),
    )
    return [merged], []


def _may_be_one(one: Staff, other: Staff) -> bool:
    if one.insurance_number and one.insurance_number == other.insurance_number:
        return True
    if one.born_on and other.born_on and one.born_on != other.born_on:
        return False
    return values.same_name(one.family_name) == values.same_name(other.family_name) or values.same_name(
        one.given_name
    ) == values.same_name(other.given_name)


def _with_one_primary(posts: list[Post]) -> tuple[tuple[Post, ...], list[str]]:
    """Posts with exactly one primary: the one marked, else the largest, then the oldest."""
    marked = [post for post in posts if post.is_primary]
    running = [post for post in marked or posts if not post.last_day_on] or marked or posts
    chosen = min(running, key=lambda post: (-post.fte_thousandths, post.started_on, post.number))
    doubts = []
    if len(posts) > 1 and len(marked) != 1:
        count = "none" if not marked else str(len(marked))
        doubts.append(
            f"Of {len(posts)} assignments {count} are marked primary; {chosen.number} is taken: "
            "the largest, then the oldest."
        )
    return tuple(replace(post, is_primary=post is chosen) for post in posts), doubts


def _without_shared_addresses(people: Iterable[Staff]) -> tuple[list[Staff], list[Said]]:
    """An address of two people tells neither who they are nor reaches one alone: both get letters."""
    people = list(people)
    owners: dict[str, set[str]] = {}
    for staff in people:
        if staff.email:
            owners.setdefault(staff.email, set()).add(staff.insurance_number or staff.employee_number)
    shared = {email for email, found in owners.items() if len(found) > 1}
    kept, said = [], []
    for staff in people:
        if staff.email in shared:
            count = len(owners[staff.email])
            said.append(
                Said(
                    staff.row,
                    f"{staff.name} shares the address {staff.email} with {count - 1} other in this file, "
                    "so letters go by post.",
                    rule="shared e-mail",
                )
            )
            staff = replace(staff, email="")
        kept.append(staff)
    return kept, said
