"""Filters that write values the way people do, and the tag that keeps a block to use it twice."""

from datetime import date, datetime

from django.utils import dateformat
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from mutualgov.core.money import pounds as pounds_of

from .library import register, trimmed


@register.simple_block_tag
def capture(content: str) -> SafeString:
    """Keep what a block says: ``{% capture as words %}{% block title %}{% endblock %}{% endcapture %}``."""
    return trimmed(content)


@register.filter
def pounds(pence: int) -> str:
    """Whole pence as pounds: 123456 is "£1,234.56"."""
    return pounds_of(pence)


@register.filter
def whole(number: int) -> str:
    """A whole number with its thousands marked: 12345 is "12,345"."""
    return f"{number:,}"


@register.filter
def day(on: date | None) -> str:
    """A date as people say it: "4 March 2026"; nothing for no date."""
    return dateformat.format(on, "j F Y") if on else ""


@register.filter
def moment_text(at: datetime | None) -> str:
    """A moment in the United Kingdom's time: "4 March 2026 at 5pm", "at 9:30am", "at midday", "at midnight"."""
    if not at:
        return ""
    local = localtime(at)
    return f"{dateformat.format(local, 'j F Y')} at {_clock_time(local)}"


def _clock_time(local: datetime) -> str:
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    if (local.hour, local.minute) == (0, 0):
        return "midnight"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"
