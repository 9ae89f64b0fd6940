"""Charts that are tables first: every bar stands beside its figure, so nothing is lost without eyes or colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from .library import component, register, stable_id

#: Bars are drawn on a field this wide; whole units, so that no float enters a page.
FIELD = 1000
#: Fills a stacked row can tell apart, each with its own pattern in the style sheet.
FILLS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: what it is, its figure, its length on the field, a remark."""

    label: str
    value: int
    length: int
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a stacked row."""

    label: str
    value: int
    start: int
    length: int
    fill: int


@register.simple_tag
def bar_chart(
    *,
    caption: str,
    rows: Sequence[Sequence[Any]],
    unit: str = "",
    mark: int | None = None,
    mark_label: str = "",
    label_heading: str = "",
) -> SafeString:
    """Compare whole numbers.

    rows     (label, value) or (label, value, note), in the order to be read
    unit     what is counted ("votes"); heads the column of figures
    mark     a figure to measure against, such as the quota; mark_label says what it is
    """
    longest = max([int(value) for _, value, *_ in rows] + [mark or 0, 1])
    bars = [Bar(label, value, int(value) * FIELD // longest, note[0] if note else "") for label, value, *note in rows]
    return component(
        "bar_chart",
        caption=caption,
        bars=bars,
        unit=unit,
        mark=mark,
        mark_label=mark_label,
        mark_at=None if mark is None else mark * FIELD // longest,
        label_heading=label_heading,
        has_notes=any(bar.note for bar in bars),
        field=FIELD,
    )


@register.simple_tag
def stacked_chart(
    *,
    caption: str,
    parts: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int]]],
    unit: str = "",
    label_heading: str = "",
) -> SafeString:
    """Show what each whole is made of.

    parts    names of the parts, at most six, in order
    rows     (label, one whole number for each part)
    """
    if len(parts) > FILLS:
        raise ValueError(f"a stacked chart tells {FILLS} parts apart, not {len(parts)}: put the smallest together")
    longest = max([sum(values) for _, values in rows] + [1])
    stacks = [(label, _pieces(parts, values, longest), sum(values)) for label, values in rows]
    return component(
        "stacked_chart",
        caption=caption,
        parts=list(enumerate(parts, start=1)),
        stacks=stacks,
        unit=unit,
        label_heading=label_heading,
        field=FIELD,
        key=stable_id("chart", caption),
    )


def _pieces(parts: Sequence[str], values: Sequence[int], longest: int) -> list[Part]:
    pieces, start = [], 0
    for fill, (label, value) in enumerate(zip(parts, values, strict=True), start=1):
        length = value * FIELD // longest
        pieces.append(Part(label, value, start, length, fill))
        start += length
    return pieces
