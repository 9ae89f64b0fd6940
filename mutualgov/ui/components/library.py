"""What every component shares: one tag library, one way to render, tones that cannot be misspelt."""

import zlib
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = Library()


def component(name: str, /, **values: Any) -> SafeString:
    """Render ``components/<name>.html``."""
    return render_to_string(f"components/{name}.html", values)


def one_of(value: str, allowed: tuple[str, ...], *, argument: str) -> str:
    """The value, if it is one of the words a component knows; else an error that names them."""
    if value not in allowed:
        raise ValueError(f"{argument}={value!r}: use one of {', '.join(allowed)}")
    return value


def stable_id(prefix: str, *parts: object) -> str:
    """An id for the page that is the same each time the same thing is shown, so that pages can be cached."""
    text = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{zlib.crc32(text.encode()):08x}"


def is_blank(content: str) -> bool:
    return not content.strip()


def trimmed(content: str) -> SafeString:
    """Rendered content without the white space round it; it was escaped when it was rendered."""
    return mark_safe(content.strip())
