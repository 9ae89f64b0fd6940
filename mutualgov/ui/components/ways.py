"""Ways through the site: back, up, on, and the colours that say whose page this is."""

import zlib
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page
from django.template import Context
from django.utils.safestring import SafeString

from .library import component, register

#: Colour sets of the style sheet, each with enough contrast for text on it. A mutual keeps the one its key draws.
PALETTES = ("spruce", "heather", "harbour", "brick", "moss", "plum", "slate", "ochre")


@register.simple_tag
def back_link(*, href: str, label: str = "") -> SafeString:
    """One step back. label: where to, when "Back" would not say."""
    return component("back_link", href=href, label=label)


@register.simple_tag
def breadcrumbs(*, trail: Sequence[tuple[str, str]]) -> SafeString:
    """The way down to this page, as (label, url), without the page itself."""
    return component("breadcrumbs", trail=trail, last=trail[-1] if trail else None)


@register.simple_tag(takes_context=True)
def pagination(context: Context, *, page: Page, param: str = "page") -> SafeString:
    """Ways to the other pages of a list. page: a Page of Django's Paginator; other query arguments stay."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(number, address(number) if isinstance(number, int) else "") for number in numbers]
    return component(
        "pagination",
        page=page,
        links=links,
        previous=address(page.number - 1) if page.has_previous() else "",
        following=address(page.number + 1) if page.has_next() else "",
    )


@register.filter
def palette(mutual: Any) -> str:
    """The colour set of a mutual: its own choice if it has made one, else the one its key draws."""
    chosen = getattr(mutual, "palette", "")
    if chosen in PALETTES:
        return chosen
    key = getattr(mutual, "key", "")
    return PALETTES[zlib.crc32(key.encode()) % len(PALETTES)] if key else PALETTES[0]
