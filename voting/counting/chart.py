"""Pictures of a count as SVG: how votes moved from stage to stage, and where each candidate's votes came from.

Plain text out, no script and no style but class names, so that a page can dress them; ``STYLE`` is how the stand-alone
report does. Whole numbers throughout: a pixel is a share of the votes, rounded down. Every picture has a title and a
description, and stands beside a table that says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from voting.counting.values import CountResult, votes_text
from voting.counting.words import result_sentence

COLUMN, NODE, GAP = 18, 10, 15
STEP, LABEL, TOP, HEIGHT = 190, 190, 46, 420
LOST = "Non-transferable"

STYLE = """
.flow text, .origin text { font: 13px/1.2 system-ui, sans-serif; fill: currentColor; }
.flow .stage { font-weight: 600; }
.flow .elected, .origin .elected { fill: #005a9c; }
.flow .other, .origin .other { fill: #6f7a83; }
.flow .lost { fill: #b3b9be; }
.flow .stays { opacity: .15; }
.flow .moves { fill: #b35900; opacity: .55; }
.flow .gathers { fill: #b35900; }
.origin .later { fill: #b35900; }
.origin .quota { stroke: currentColor; stroke-width: 2; stroke-dasharray: 5 4; }
.origin .name { font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a column, from ``top``, ``size`` high."""

    top: int
    size: int


def flow_chart(result: CountResult) -> str:
    """How votes moved: a column a stage, a band a candidate, and between columns what moved and where it went.

    Bands that stay are pale; what moves is gathered in one place and handed out again, since papers of several
    candidates move as one.
    """
    order = _order(result)
    total = max(1, result.valid * 10**result.places)
    columns = [_column(result, number, order, total) for number in range(len(result.stages))]
    width = 2 * LABEL + STEP * (len(columns) - 1) + COLUMN
    height = TOP + HEIGHT + GAP * len(order) + 20
    body = [*_ribbons(result, columns, order, total), *_bars(result, columns, order)]
    what = (
        f"{len(result.stages)} columns, one for each stage, from first preferences on the left to the result on the "
        f"right. {result_sentence(result)} The result sheet gives every figure."
    )
    return _svg("flow", width, height, "How votes moved from stage to stage", what, body)


def _order(result: CountResult) -> list[int]:
    """Bands from the top: elected in order, then the rest by how long they lasted, then votes lost (-1)."""
    rest = [one for one in range(len(result.names)) if one not in result.elected and one not in result.withdrawn]
    rest.sort(key=lambda one: [stage.votes[one] for stage in reversed(result.stages)], reverse=True)
    return [*result.elected, *rest, -1]


def _votes(result: CountResult, stage: int, one: int) -> int:
    return result.stages[stage].non_transferable if one < 0 else result.stages[stage].votes[one]


def _column(result: CountResult, stage: int, order: list[int], total: int) -> dict[int, Band]:
    bands = {}
    top = TOP
    for one in order:
        size = _votes(result, stage, one) * HEIGHT // total
        bands[one] = Band(top, size)
        top += size + GAP
    return bands


def _x(stage: int) -> int:
    return LABEL + STEP * stage


def _bars(result: CountResult, columns: list[dict[int, Band]], order: list[int]) -> Iterator[str]:
    last = len(columns) - 1
    for number, bands in enumerate(columns):
        middle = _x(number) + COLUMN // 2
        yield f'<text class="stage" x="{middle}" y="16" text-anchor="middle">{number + 1}</text>'
        yield f'<text x="{middle}" y="33" text-anchor="middle">{escape(_short_stage(result, number))}</text>'
        for one in order:
            band = bands[one]
            if _votes(result, number, one):
                kind = "lost" if one < 0 else "elected" if one in result.elected else "other"
                yield (
                    f'<rect class="{kind}" x="{_x(number)}" y="{band.top}" width="{COLUMN}" '
                    f'height="{max(1, band.size)}"/>'
                )
            if number in (0, last) and _votes(result, number, one):
                yield _label(result, number, one, band, left=number == 0)


def _label(result: CountResult, stage: int, one: int, band: Band, *, left: bool) -> str:
    name = _short(LOST if one < 0 else result.names[one])
    x, anchor = (_x(stage) - 6, "end") if left else (_x(stage) + COLUMN + 6, "start")
    y = band.top + band.size // 2 + 4
    tick = " ✓" if not left and one in result.elected else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(name)} {_brief(result, stage, one)}{tick}</text>'


def _brief(result: CountResult, stage: int, one: int) -> str:
    """Votes for a picture: at most two decimals, cut, and none if they are noughts."""
    whole, point, part = votes_text(_votes(result, stage, one), result.places).partition(".")
    return whole + point + part[:2] if part.strip("0") else whole


def _short(name: str, most: int = 18) -> str:
    """A name for a picture: without what follows a comma or bracket, and not too long."""
    plain = name.split(",")[0].split(" (")[0]
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _short_stage(result: CountResult, number: int) -> str:
    stage = result.stages[number]
    if stage.kind not in ("surplus", "exclusion"):
        return {"first": "first", "election": "elected"}[stage.kind]
    more = f" +{len(stage.candidates) - 1}" if len(stage.candidates) > 1 else ""
    verb = "surplus" if stage.kind == "surplus" else "out"
    return f"{_short(result.names[stage.candidates[0]], 14)}{more} {verb}"


def _ribbons(result: CountResult, columns: list[dict[int, Band]], order: list[int], total: int) -> Iterator[str]:
    for number in range(len(columns) - 1):
        before, after = columns[number], columns[number + 1]
        left, right = _x(number) + COLUMN, _x(number + 1)
        change = {one: _votes(result, number + 1, one) - _votes(result, number, one) for one in order}
        moved = sum(amount for amount in change.values() if amount > 0)
        centre = (left + right) // 2
        losers = [one for one in order if change[one] < 0]
        hub = sum(before[one].top + before[one].size for one in losers) // max(1, len(losers))
        node = Band(max(TOP, hub - moved * HEIGHT // total // 2), max(2, moved * HEIGHT // total))
        for one in order:
            size = min(before[one].size, after[one].size)
            if size:
                yield _ribbon("stays", left, before[one].top, right, after[one].top, size)
        if not moved:
            continue
        yield f'<rect class="gathers" x="{centre - NODE // 2}" y="{node.top}" width="{NODE}" height="{node.size}"/>'
        into = out = node.top
        for one in order:
            size = abs(change[one]) * HEIGHT // total
            if change[one] < 0:
                yield _ribbon("moves", left, before[one].top + before[one].size - size, centre - 5, into, max(1, size))
                into += size
            elif change[one] > 0:
                yield _ribbon("moves", centre + 5, out, right, after[one].top + after[one].size - size, max(1, size))
                out += size


def _ribbon(kind: str, x1: int, y1: int, x2: int, y2: int, size: int) -> str:
    middle = (x1 + x2) // 2
    return (
        f'<path class="{kind}" d="M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}V{y2 + size}'
        f'C{middle} {y2 + size} {middle} {y1 + size} {x1} {y1 + size}Z"/>'
    )


# --- Where votes came from --------------------------------------------------------------------------------------------


def origin_chart(result: CountResult) -> str:
    """A bar a candidate: first preferences, then what later stages added, at the most each ever had; and the quota."""
    people = [one for one in _order(result) if one >= 0]
    stages = range(len(result.stages))
    best = {one: max((_votes(result, stage, one), -stage) for stage in stages) for one in people}
    peak = {one: votes for one, (votes, _) in best.items()}
    quota = result.quota or 0
    widest = max(1, quota, *peak.values())
    width, row, bar = 360, 44, 340
    body = []
    for place, one in enumerate(people):
        y = 8 + place * row
        first = min(result.stages[0].votes[one], peak[one])
        start, end = first * bar // widest, peak[one] * bar // widest
        kind = "elected" if one in result.elected else "other"
        mark = "✓ " if one in result.elected else ""
        votes = _brief(result, -best[one][1], one)
        body += [
            f'<text class="name" x="8" y="{y + 13}">{mark}{escape(_short(result.names[one], 30))}</text>',
            f'<text x="{width - 8}" y="{y + 13}" text-anchor="end">{votes}</text>',
            f'<rect class="{kind}" x="8" y="{y + 18}" width="{max(1, start)}" height="14"/>',
            f'<rect class="later" x="{8 + start}" y="{y + 18}" width="{end - start}" height="14"/>',
        ]
    height = 16 + len(people) * row
    if quota:
        x = 8 + quota * bar // widest
        body.append(f'<line class="quota" x1="{x}" y1="4" x2="{x}" y2="{height - 8}"/>')
    what = "The darker part of each bar is first preferences, the lighter part votes that came over from others."
    if quota:
        what += f" The dashed line is the quota, {votes_text(quota, result.places)}."
    return _svg("origin", width, height, "The most votes each candidate had, and where they came from", what, body)


def _svg(kind: str, width: int, height: int, title: str, what: str, body: list[str]) -> str:
    return (
        f'<svg class="{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{kind}-title {kind}-what"><title id="{kind}-title">'
        f'{escape(title)}</title><desc id="{kind}-what">{escape(what)}</desc>{"".join(body)}</svg>'
    )
