"""Boxes that set words apart: panels, notes, warnings, the promise of secrecy."""

from typing import Any

from django.utils.safestring import SafeString

from .library import component, is_blank, one_of, register, stable_id, trimmed

PANEL_TONES = ("plain", "decided", "warning")
NOTIFICATION_TONES = ("info", "success", "warning", "error")


@register.simple_block_tag
def panel(content: str, *, heading: str, tone: str = "plain", caption: str = "", level: int = 2) -> SafeString:
    """A titled box. tone: plain, decided (something is settled) or warning; level: of its heading."""
    one_of(tone, PANEL_TONES, argument="tone")
    return component(
        "panel", content=trimmed(content), heading=heading, tone=tone, caption=caption, level=f"h{int(level)}"
    )


@register.simple_block_tag
def card(content: str, *, heading: str, href: str = "", caption: str = "", status: str = "") -> SafeString:
    """A way into something: the heading is the link, the whole card its target. status: a rendered status or words."""
    return component("card", content=trimmed(content), heading=heading, href=href, caption=caption, status=status)


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """A grid round cards, people or candidates."""
    return component("cards", content=trimmed(content))


@register.simple_block_tag
def columns(content: str) -> SafeString:
    """Two equal columns on a desk, one on a phone; each child element is a column's item."""
    return component("columns", content=trimmed(content))


@register.simple_block_tag
def inset(content: str, *, tone: str = "plain") -> SafeString:
    """A remark beside the main line of the page. tone: plain or warning."""
    one_of(tone, ("plain", "warning"), argument="tone")
    return component("inset", content=trimmed(content), tone=tone)


@register.simple_block_tag
def notification(content: str, *, heading: str = "", tone: str = "info") -> SafeString:
    """News about what has just happened. tone: info, success, warning or error; the tone is said in words too."""
    one_of(tone, NOTIFICATION_TONES, argument="tone")
    content = trimmed(content)
    return component("notification", content=content, heading=heading, tone=tone, key=stable_id("news", tone, content))


@register.simple_block_tag
def warning_callout(content: str, *, heading: str) -> SafeString:
    """Something a person must know before going on, because it cannot be undone or costs a right."""
    return component("warning_callout", content=trimmed(content), heading=heading)


@register.simple_block_tag
def details(content: str, *, summary: str, open: bool = False) -> SafeString:
    """An explanation that those who need it open."""
    return component("details", content=trimmed(content), summary=summary, open=open)


@register.simple_block_tag
def promise(content: str, *, heading: str = "") -> SafeString:
    """The promise beside a vote button: what is recorded, who could see it, what cannot be undone."""
    return component("promise", content="" if is_blank(content) else trimmed(content), heading=heading)


@register.simple_block_tag
def empty_state(content: str, *, heading: str) -> SafeString:
    """What a page says when there is nothing yet: that there is nothing, why, and what to do next."""
    return component("empty_state", content=trimmed(content), heading=heading)


@register.simple_tag
def refused(*, refusal: Any) -> SafeString:
    """An anticipated no in its own words, with the rule it rests on. refusal: a Refusal, or the sentence itself."""
    reason = getattr(refusal, "reason", None) or str(refusal)
    return component("refused", reason=reason, rule=getattr(refusal, "rule", ""))


@register.simple_block_tag
def print_header(content: str, *, title: str) -> SafeString:
    """A heading that only paper shows; content: what the document is and the date it speaks of."""
    return component("print_header", content=trimmed(content), title=title)
