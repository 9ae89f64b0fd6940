"""The people of a file held against those the mutual knows: what approving the file would do. Plain values.

Each numbered mess that staff files are known for has a test of that number in ``tests/members/test_feed_messes.py``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..rules import in_words
from .details import detail_lines
from .joining import joining_line
from .leaving import staying_or_leaving
from .lines import SAME_OR_NEW, Line, Terms, held, post_data, question
from .matching import Index, Known, likeness
from .people import Reading, Staff

MOST_FEWER = Fraction(1, 20)  # a file that has lost more of its people than this is probably not whole
MOST_GONE = Fraction(1, 20)  # so is one in which more of the members leave or are missing
FEW = 20  # below this many people shares of them say nothing
MISSES_BEFORE_ASKING = 2
TELL_EVERY = 20  # people between two words on progress


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file would do. ``seen`` are known people whose posts are to be noted though nothing else changes."""

    lines: tuple[Line, ...]
    seen: tuple[dict[str, Any], ...]
    alarm: str = ""


def compare(
    reading: Reading, known: Iterable[Known], terms: Terms, *, progress: Callable[[int, int], None] | None = None
) -> Comparison:
    """Every proposal, in the order of the file; who is missing from it comes last.

    progress  told (people done, people in the file), now and then and at the end
    """
    index = Index(known)
    lines: list[Line] = []
    seen: list[dict[str, Any]] = []
    taken: dict[int, Staff] = {}
    doubles = _doubles(reading.people, terms)
    for done, staff in enumerate(reading.people, start=1):
        if progress and (done % TELL_EVERY == 0 or done == len(reading.people)):
            progress(done, len(reading.people))
        if staff.row in doubles:
            lines.append(doubles[staff.row])
            continue
        about, matched = _about(staff, index, terms, taken)
        lines.extend(about)
        if matched is not None:
            noted = any(line.data.get("posts") for line in about)
            if not noted and (set(staff.posts) != matched.posts or matched.missed_feeds):
                seen.append({"person": matched.pk, "posts": [post_data(post) for post in staff.posts]})
    lines.extend(
        Line(
            "conflict" if said.held else "warning" if said.rule == "shared e-mail" else "ignored",
            said.sentence,
            row=said.row,
            rule=said.rule,
        )
        for said in reading.said
    )
    lines.extend(_transfers_out(reading.people, lines))
    missing = [k for k in index.all if k.pk not in taken and held(k, terms)]
    lines.extend(_missing(k) for k in missing)
    members = sum(1 for k in index.all if held(k, terms))
    return Comparison(tuple(lines), tuple(seen), _alarm(reading, lines, members, len(missing), terms))


def _about(staff: Staff, index: Index, terms: Terms, taken: dict[int, Staff]) -> tuple[list[Line], Known | None]:
    """Lines about one person of the file, and whom they were taken for."""
    match = index.match(staff, terms.mark(staff.insurance_number) if staff.insurance_number else "")
    known = match.known
    warnings = [Line("warning", f"{staff.name}: {doubt}", row=staff.row) for doubt in staff.doubts]
    if known is not None and known.pk in taken:
        first = taken[known.pk]
        sentence = (
            f"{staff.name} in row {staff.row} and {first.name} in row {first.row} look like one person with two "
            f"employee numbers, {first.employee_number} and {staff.employee_number}. Row {first.row} is used; "
            "payroll should join them."
        )
        return [Line("conflict", sentence, row=staff.row, person=known.pk, rule="two numbers, one person")], None
    if match.question and known is not None:
        answer = terms.answers.get(f"who {staff.employee_number}", "")
        if answer not in ("same", "new"):
            taken[known.pk] = staff
            return [*warnings, question("who", staff, match.question, match.sentence, known, SAME_OR_NEW)], None
        known = known if answer == "same" else None
    elif match.sentence:
        warnings.append(Line("warning", match.sentence, row=staff.row, person=known.pk if known else None))
    if staff.insurance_temporary and known is None:
        warnings.append(
            Line(
                "warning",
                f"{staff.name}'s National Insurance number is temporary or wrong; it recognises nobody.",
                row=staff.row,
                rule="temporary number",
            )
        )
    if known is not None:
        taken[known.pk] = staff
    return [*warnings, *_membership_lines(staff, known, terms), *detail_lines(staff, known, terms)], known


def _membership_lines(staff: Staff, known: Known | None, terms: Terms) -> list[Line]:
    running = held(known, terms) if known else None
    if known is not None and running is not None:
        return staying_or_leaving(staff, known, running, terms)
    return [line] if (line := joining_line(staff, known, terms)) else []


def _doubles(people: Sequence[Staff], terms: Terms) -> dict[int, Line]:
    """Rows of people who stand in the file under two employee numbers, by the row that is not used.

    One National Insurance number is one person, and the number that still works here is used. One surname, date of
    birth and postcode may be twins: that is asked.
    """
    found: dict[int, Line] = {}
    by_insurance: dict[str, Staff] = {}
    by_likeness: dict[Any, Staff] = {}
    for staff in sorted(people, key=lambda staff: (not staff.runs(terms.on), staff.row)):
        first = by_insurance.setdefault(staff.insurance_number, staff) if staff.insurance_number else staff
        if first is not staff:
            kind = "warning" if first.runs(terms.on) and not staff.runs(terms.on) else "conflict"
            found[staff.row] = _double(kind, staff, first, "have one National Insurance number")
            continue
        like = likeness(staff.born_on, staff.family_name, staff.postcode)
        alike = by_likeness.setdefault(like, staff) if like else staff
        if alike is staff or (alike.insurance_number and staff.insurance_number):
            continue
        answer = terms.answers.get(f"two {staff.employee_number}", "")
        if answer == "same":
            found[staff.row] = _double("warning", staff, alike, "are one person")
        elif answer != "new":
            double = _double("conflict", staff, alike, "have one surname, date of birth and postcode")
            asked = {"question": f"two {staff.employee_number}", "answers": [list(pair) for pair in SAME_OR_NEW]}
            found[staff.row] = replace(double, sentence=f"{double.sentence} Are they the same person?", data=asked)
    return found


def _double(kind: str, staff: Staff, first: Staff, why: str) -> Line:
    sentence = (
        f"{staff.name} in row {staff.row} (number {staff.employee_number}) and {first.name} in row {first.row} "
        f"(number {first.employee_number}) {why}. Row {first.row} is used."
    )
    return Line(kind, sentence, row=staff.row, rule="two numbers, one person")


# --- the file as a whole ----------------------------------------------------------------------------------------------


def _missing(known: Known) -> Line:
    times = known.missed_feeds + 1
    if times < MISSES_BEFORE_ASKING:
        then = "Nothing happens now; missing again in the next file, they come up for a decision."
    else:
        then = f"That is {times} files in a row. Ask payroll, then end the membership on the member's page."
    return Line(
        "missing",
        f"{known.name} is a member and not in this file. {then}",
        person=known.pk,
        rule="missing from feed",
        data={"times": times},
    )


def _transfers_out(people: Sequence[Staff], lines: Sequence[Line]) -> list[Line]:
    """Many who leave for one reason on one day: a service has moved to another employer."""
    leaving = {line.row for line in lines if line.kind == "leave"}
    groups = Counter(
        (staff.main_post.leaving_reason, staff.last_day_on)
        for staff in people
        if staff.row in leaving and any(w in staff.main_post.leaving_reason.casefold() for w in ("transfer", "tupe"))
    )
    return [
        Line(
            "warning",
            f"{count} people leave by “{reason}” on {in_words(on)}. Look at quorums and seats before approving.",
            rule="transfer of a service",
        )
        for (reason, on), count in groups.items()
        if count > 1 and on
    ]


def _alarm(reading: Reading, lines: Sequence[Line], members: int, missing: int, terms: Terms) -> str:
    found = len(reading.people)
    before = terms.people_before
    if before >= FEW and found < before * (1 - MOST_FEWER):
        return (
            f"This file has {found:,} people, the last one had {before:,}: {before - found:,} fewer. "
            "It may be cut short or of another employer."
        )
    if members >= FEW and missing * 2 > members:
        return f"Of {members:,} members only {members - missing:,} are in this file. It may be of another employer."
    gone = missing + sum(1 for line in lines if line.kind == "leave")
    if members >= FEW and gone > members * MOST_GONE:
        return f"{gone:,} of {members:,} members leave by this file or are missing from it. Make sure that it is whole."
    return ""
