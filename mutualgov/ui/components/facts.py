"""Facts and where they come from: states, figures, computed dates, deciding rules."""

from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from .library import component, one_of, register, stable_id, trimmed

STATUS_TONES = ("grey", "blue", "green", "amber", "red", "purple")
MOMENT_STATES = ("done", "now", "next", "missed")


@register.simple_tag
def status(*, label: str, tone: str = "grey") -> SafeString:
    """A state as a tag. The words carry the meaning, the tone only helps: grey, blue, green, amber, red or purple."""
    one_of(tone, STATUS_TONES, argument="tone")
    return component("status", label=label, tone=tone)


@register.simple_block_tag
def summary_list(content: str, *, caption: str = "") -> SafeString:
    """Answers and facts as label and value; holds ``row``. caption: what the list is, for those who hear it."""
    return component("summary_list", content=trimmed(content), caption=caption)


@register.simple_block_tag
def row(content: str, *, label: str, change: str = "", change_label: str = "") -> SafeString:
    """One fact. change: address where it is changed; change_label: said instead of "Change"."""
    return component("row", content=trimmed(content), label=label, change=change, change_label=change_label)


@register.simple_tag
def figure_number(*, value: Any, label: str, of: str = "", note: str = "", tone: str = "plain") -> SafeString:
    """A number worth a glance. of: what it is out of ("of 812 members"); tone: plain, decided or warning."""
    one_of(tone, ("plain", "decided", "warning"), argument="tone")
    shown = f"{value:,}" if isinstance(value, int) else value
    return component("figure_number", value=shown, label=label, of=of, note=note, tone=tone)


@register.simple_block_tag
def figures(content: str) -> SafeString:
    """A strip of ``figure_number``."""
    return component("figures", content=trimmed(content))


@register.simple_tag
def rule_note(*, rule: str, source: str = "", reason: str = "", href: str = "") -> SafeString:
    """Which rule decides. rule: its words or key; source: document and clause; href: its place in the rule book."""
    return component("rule_note", rule=rule, source=source, reason=reason, href=href)


@register.simple_tag
def date_note(*, date: date, because: str, label: str = "", rule: str = "", time: str = "") -> SafeString:
    """A computed date and how it came about ("20 days before the poll opens"). time: in words, "at 5pm"."""
    return component("date_note", date=date, because=because, label=label, rule=rule, time=time)


@register.simple_tag
def progress(*, value: int, maximum: int, label: str, live_url: str = "", note: str = "") -> SafeString:
    """How far a long piece of work is. live_url: asked every two seconds; it answers with this component again."""
    done = maximum > 0 and value >= maximum
    return component(
        "progress",
        value=value,
        maximum=maximum,
        label=label,
        note=note,
        live_url="" if done else live_url,
        key=stable_id("progress", label),
    )


@register.simple_block_tag
def receipt(content: str, *, reference: str, heading: str) -> SafeString:
    """Proof of something done, to keep or print. reference: the words to quote."""
    return component("receipt", content=trimmed(content), reference=reference, heading=heading)


@register.simple_block_tag
def timeline(content: str, *, label: str = "") -> SafeString:
    """Moments in order; holds ``moment``. label: what the order is of, for those who hear it."""
    return component("timeline", content=trimmed(content), label=label)


@register.simple_block_tag
def moment(content: str, *, heading: str, on: date | None = None, when: str = "", state: str = "next") -> SafeString:
    """One moment of a timeline. on: its date, or when: the words for it; state: done, now, next or missed."""
    one_of(state, MOMENT_STATES, argument="state")
    return component("moment", content=trimmed(content), heading=heading, on=on, when=when, state=state)
