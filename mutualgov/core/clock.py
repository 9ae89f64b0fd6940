"""The one place that reads the clock; views, tasks and commands pass what it says down as ``at=`` and ``on=``."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def uk_date(at: datetime) -> date:
    """The calendar date in the United Kingdom at a moment."""
    return at.astimezone(UK).date()


def uk_time(on: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in the United Kingdom on a date, as an aware moment."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=UK)
