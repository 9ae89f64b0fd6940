"""Dates as statutes and rule books count them, each with the sentence that explains it.

Every function takes plain dates and returns a ``ComputedDate``; nothing here reads the clock. Working days
are those of a part of the United Kingdom: not a Saturday, a Sunday, Christmas Day, Good Friday or
a bank holiday there (Companies Act 2006 s.1173), nor a day that the caller names in ``closed``, such as a
day of mourning proclaimed after this release.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

DAY = timedelta(days=1)
NONE_CLOSED: frozenset[date] = frozenset()


class Nation(StrEnum):
    """The parts of the United Kingdom that keep their own bank holidays."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"

    @property
    def label(self) -> str:
        return {"england_and_wales": "England and Wales", "scotland": "Scotland"}.get(self.value, "Northern Ireland")


@dataclass(frozen=True, slots=True)
class ComputedDate:
    """A date and how it was reached, in a sentence for a person."""

    on: date
    explanation: str


@dataclass(frozen=True, slots=True)
class ComputedMoment:
    """A moment and how it was reached."""

    at: datetime
    explanation: str


def long_date(on: date) -> str:
    """A date in full.

    >>> long_date(date(2018, 3, 29))
    'Thursday 29 March 2018'
    """
    return f"{on:%A} {on.day} {on:%B %Y}"


@lru_cache(maxsize=256)
def bank_holidays(year: int, nation: Nation) -> dict[date, str]:
    """Bank and public holidays of a year in a part of the United Kingdom, by date."""
    part = {"england_and_wales": "ENG", "scotland": "SCT", "northern_ireland": "NIR"}[nation.value]
    return dict(holidays.country_holidays("GB", subdiv=part, years=[year]))


def is_working_day(on: date, *, nation: Nation, closed: Collection[date] = NONE_CLOSED) -> bool:
    """Whether business is done on a date in that part of the United Kingdom (Companies Act 2006 s.1173)."""
    return on.weekday() < 5 and on not in bank_holidays(on.year, nation) and on not in closed


def days_after(start: date, days: int) -> ComputedDate:
    """The last day of "within N days of" a date: the date itself is not counted."""
    on = start + days * DAY
    return ComputedDate(on, f"{_count(days, 'day')} after {long_date(start)}, not counting that day.")


def days_before(end: date, days: int) -> ComputedDate:
    """The day that lies N days before a date, the date itself not counted."""
    on = end - days * DAY
    return ComputedDate(on, f"{_count(days, 'day')} before {long_date(end)}, not counting that day.")


def days_beginning_with(start: date, days: int) -> ComputedDate:
    """The last of N days "beginning with" a date: the date itself is the first."""
    on = start + (days - 1) * DAY
    return ComputedDate(on, f"{_count(days, 'day')} beginning with {long_date(start)}, which is the first of them.")


def months_after(start: date, months: int) -> ComputedDate:
    """The corresponding date N months on; where that month has none, its last day."""
    on = _corresponding(start, months)
    note = "" if on.day == start.day else f" That month has no {_ordinal(start.day)}, so it is the month's last day."
    return ComputedDate(on, f"{_count(months, 'month')} after {long_date(start)}: the corresponding date.{note}")


def months_before(end: date, months: int) -> ComputedDate:
    """The corresponding date N months earlier; where that month has none, its last day."""
    on = _corresponding(end, -months)
    return ComputedDate(on, f"{_count(months, 'month')} before {long_date(end)}: the corresponding date.")


def months_beginning_with(start: date, months: int) -> ComputedDate:
    """The last day of N months "beginning with" a date: the day before the corresponding date."""
    on = _corresponding(start, months)
    if on.day == start.day:
        on -= DAY
    explanation = f"{_count(months, 'month')} beginning with {long_date(start)}: the day before the corresponding date."
    return ComputedDate(on, explanation)


def months_after_year_end(year_end: date, months: int) -> ComputedDate:
    """The last day for filing N months after an accounting year ends; from a month's end to a month's end.

    Source: Companies Act 2006 s.443(4); CCBSA 2014 s.89. Not moved on from a weekend or a holiday.
    """
    on = _corresponding(year_end, months)
    at_month_end = _is_month_end(year_end)
    if at_month_end:
        on = on.replace(day=monthrange(on.year, on.month)[1])
    why = " A month's end leads to a month's end." if at_month_end else ""
    return ComputedDate(on, f"{_count(months, 'month')} after the year ended on {long_date(year_end)}.{why}")


def year_end_after(on: date, *, month: int, day: int) -> date:
    """The next accounting year end on or after a date; 29 February is taken as the month's last day."""
    for year in (on.year, on.year + 1):
        end = date(year, month, min(day, monthrange(year, month)[1]))
        if end >= on:
            return end
    raise AssertionError("one of two years holds the next year end")


def clear_days_after(given: date, days: int) -> ComputedDate:
    """The earliest date of a meeting on N clear days' notice given on a date: both ends are left out.

    Source: Companies Act 2006 s.360.
    """
    on = given + (days + 1) * DAY
    explanation = (
        f"{_count(days, 'clear day')} after notice given on {long_date(given)}: "
        "neither the day of notice nor the day itself is counted."
    )
    return ComputedDate(on, explanation)


def clear_days_before(meeting: date, days: int) -> ComputedDate:
    """The last date on which N clear days' notice of a meeting may be given."""
    on = meeting - (days + 1) * DAY
    explanation = (
        f"{_count(days, 'clear day')} before {long_date(meeting)}: "
        "neither the day of notice nor the day itself is counted."
    )
    return ComputedDate(on, explanation)


def working_days_after(
    start: date, days: int, *, nation: Nation, closed: Collection[date] = NONE_CLOSED
) -> ComputedDate:
    """The Nth working day after a date; the date itself is day 0."""
    return _working_days(start, days, DAY, "after", nation, closed)


def working_days_before(
    end: date, days: int, *, nation: Nation, closed: Collection[date] = NONE_CLOSED
) -> ComputedDate:
    """The Nth working day before a date; the date itself is day 0.

    Source: NHS Model Election Rules 2014 rr.1 and 2, which count an election's timetable so.
    """
    return _working_days(end, days, -DAY, "before", nation, closed)


def hours_before(
    moment: datetime, hours: int, *, nation: Nation, closed: Collection[date] = NONE_CLOSED
) -> ComputedMoment:
    """The moment N hours before, leaving out every part of a day that is not a working day.

    moment  aware, in the local time of the place; the answer is in the same zone, by the clock on the wall
    Source: Companies Act 2006 s.327(3), on when a proxy must be lodged.
    """
    zone = moment.tzinfo
    wall = moment.replace(tzinfo=None)
    left = timedelta(hours=hours)
    while True:
        midnight = datetime.combine(wall.date(), datetime.min.time())
        if wall == midnight:
            midnight -= DAY
        if is_working_day(midnight.date(), nation=nation, closed=closed):
            if wall - midnight >= left:
                break
            left -= wall - midnight
        wall = midnight
    at = (wall - left).replace(tzinfo=zone)
    explanation = (
        f"{hours} hours before {moment:%H:%M} on {long_date(moment.date())}, "
        f"leaving out days that are not working days in {nation.label}."
    )
    return ComputedMoment(at, explanation)


def _working_days(
    start: date, days: int, step: timedelta, word: str, nation: Nation, closed: Collection[date]
) -> ComputedDate:
    on, left, skipped = start, days, []
    for day in _walk(start, step):
        if left == 0:
            break
        on = day
        if is_working_day(day, nation=nation, closed=closed):
            left -= 1
        elif day.weekday() < 5:
            skipped.append(day)
    named = [_holiday(day, nation) for day in sorted(skipped)]
    passed_over = f" Passed over: {', '.join(named)}." if named else ""
    explanation = (
        f"{_count(days, 'working day')} {word} {long_date(start)}, "
        f"not counting that day, weekends or bank holidays in {nation.label}.{passed_over}"
    )
    return ComputedDate(on, explanation)


def _walk(start: date, step: timedelta) -> Iterator[date]:
    day = start
    while True:
        day += step
        yield day


def _holiday(day: date, nation: Nation) -> str:
    return f"{long_date(day)} ({bank_holidays(day.year, nation).get(day, 'closed by the returning officer')})"


def _corresponding(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _is_month_end(on: date) -> bool:
    return (on + DAY).day == 1


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _ordinal(day: int) -> str:
    suffix = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
