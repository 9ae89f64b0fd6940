"""Dates that follow from rules: notice, second meetings, terms of office, an election's timetable."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from mutualgov.core import dates
from mutualgov.core.clock import UK
from mutualgov.core.dates import NONE_CLOSED, ComputedDate, Nation

from ..document.nouns import Decision, Due, Rule, Seat
from ..document.values import Duration


def after(start: date, span: Duration, *, nation: Nation, closed: Collection[date] = NONE_CLOSED) -> ComputedDate:
    """The last day within a time after a date, in the unit the rule is written in."""
    match span.unit:
        case "wd":
            return dates.working_days_after(start, span.amount, nation=nation, closed=closed)
        case "d":
            return dates.days_after(start, span.amount)
        case "w":
            return dates.days_after(start, span.amount * 7)
        case "mo":
            return dates.months_after(start, span.amount)
        case "y":
            return dates.months_after(start, span.amount * 12)
    raise ValueError(f"{span} is not counted in days")


def before(end: date, span: Duration, *, nation: Nation, closed: Collection[date] = NONE_CLOSED) -> ComputedDate:
    """The day that lies a time before a date."""
    match span.unit:
        case "wd":
            return dates.working_days_before(end, span.amount, nation=nation, closed=closed)
        case "d":
            return dates.days_before(end, span.amount)
        case "w":
            return dates.days_before(end, span.amount * 7)
        case "mo":
            return dates.months_before(end, span.amount)
        case "y":
            return dates.months_before(end, span.amount * 12)
    raise ValueError(f"{span} is not counted in days")


def notice_by(rule: Rule, *, meeting_on: date, nation: Nation) -> ComputedDate | None:
    """The last day to give notice of a meeting; days are clear days. None where the rule asks for none."""
    if rule.notice is None:
        return None
    if rule.notice.unit == "d":
        return dates.clear_days_before(meeting_on, rule.notice.amount)
    return before(meeting_on, rule.notice, nation=nation)


def earliest_meeting(rule: Rule, *, notice_on: date, nation: Nation) -> ComputedDate | None:
    """The first day on which a meeting may be held on notice given on a date."""
    if rule.notice is None:
        return None
    if rule.notice.unit == "d":
        return dates.clear_days_after(notice_on, rule.notice.amount)
    return after(notice_on, rule.notice, nation=nation)


def special_notice_by(decision: Decision, *, meeting_on: date, nation: Nation) -> ComputedDate | None:
    """The last day to give the mutual special notice; it runs before the notice of the meeting itself."""
    if decision.special_notice is None:
        return None
    return before(meeting_on, decision.special_notice, nation=nation)


def due_on(due: Due, *, event_on: date, nation: Nation) -> ComputedDate:
    """By when a duty falls due after its event; months after a year end run from month's end to month's end."""
    if due.after == "year_end" and due.within.unit == "mo":
        return dates.months_after_year_end(event_on, due.within.amount)
    return after(event_on, due.within, nation=nation)


def term_ends(seat: Seat, *, starts_on: date) -> ComputedDate | None:
    """The last day of one term of a seat; None where the seat has no term."""
    term = seat.terms.term
    if term is None:
        return None
    months = {"y": term.amount * 12, "mo": term.amount}.get(term.unit)
    if months is None:
        raise ValueError(f"a term of {term} is not counted in months or years")
    return dates.months_beginning_with(starts_on, months)


@dataclass(frozen=True, slots=True)
class TimetableDay:
    """One step of an election's timetable.

    key   ``notice``, ``nominations``, ``statement``, ``withdrawals``, ``poll``, ``close`` or ``declaration``
    rule  path of the figure it rests on
    """

    key: str
    label: str
    on: date
    explanation: str
    rule: str


STEPS = (
    ("notice", "Notice of election, at the latest"),
    ("nominations", "Nominations close"),
    ("statement", "Statement of nominees, at the latest"),
    ("withdrawals", "Withdrawals close"),
    ("poll", "Notice of poll and voting packs, at the latest"),
)


def election_timetable(
    rule: Rule, *, close_on: date, nation: Nation, closed: Collection[date] = NONE_CLOSED
) -> tuple[TimetableDay, ...]:
    """Every dated step of an election that closes on a date, in order.

    closed  further days that are not working days, such as a day of mourning

    Raises ValueError when the rule has no timetable.
    """
    table = rule.timetable
    if table is None:
        raise ValueError(f"rules.{rule.key} has no timetable")
    found = []
    for key, label in STEPS:
        day = before(close_on, getattr(table, key), nation=nation, closed=closed)
        found.append(TimetableDay(key, label, day.on, day.explanation, f"rules.{rule.key}.timetable.{key}"))
    path = f"rules.{rule.key}.timetable"
    close = TimetableDay("close", f"Poll closes at {table.close_at}", close_on, "The day chosen.", f"{path}.close_at")
    declared = after(close_on, table.declare, nation=nation, closed=closed)
    last = TimetableDay("declaration", "Result declared", declared.on, declared.explanation, f"{path}.declare")
    return (*found, close, last)


def earliest_close(
    rule: Rule, *, notice_on: date, nation: Nation, closed: Collection[date] = NONE_CLOSED
) -> ComputedDate:
    """The first day on which a poll may close when notice of election is given on a date."""
    if rule.timetable is None:
        raise ValueError(f"rules.{rule.key} has no timetable")
    return after(notice_on, rule.timetable.notice, nation=nation, closed=closed)


def close_moment(rule: Rule, *, close_on: date) -> datetime:
    """The moment a poll closes, by the clock in the United Kingdom."""
    if rule.timetable is None:
        raise ValueError(f"rules.{rule.key} has no timetable")
    hour, minute = rule.timetable.close_at.split(":")
    return datetime.combine(close_on, time(int(hour), int(minute)), tzinfo=UK)
