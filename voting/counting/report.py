"""The result as one page that needs nothing else: HTML with its own style, no script, no request to anywhere.

What a reader wants first comes first: who is elected, in one sentence; then pictures of how it came about; then every
figure and every decision with its rule. ``page_parts`` are the pieces, for a site that draws them in a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from voting.counting.chart import STYLE as CHART_STYLE
from voting.counting.chart import flow_chart, origin_chart
from voting.counting.counting import RULES
from voting.counting.export import stage_name, stage_sentence
from voting.counting.values import CountResult, Stage, votes_text
from voting.counting.words import (
    SOURCES,
    elected_sentence,
    figures_sentence,
    losses,
    options_in_words,
    quota_sentence,
    result_sentence,
    stage_sentences,
    tie_sentence,
)

STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; font: 1.0625rem/1.5 system-ui, sans-serif; color: #1a1d20; background: #fff; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: clamp(1.5rem, 5vw, 2.25rem); line-height: 1.2; margin: .25rem 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.375rem; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1.0625rem; margin: 1.25rem 0 .25rem; }
.about { margin: 0; color: #4a5258; }
.elected-list { padding-left: 1.5rem; }
figure { margin: 1.5rem 0; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
.hint { margin: .25rem 0 0; color: #4a5258; font-size: .9375rem; }
.scroll { overflow-x: auto; border: 1px solid #c8cdd1; border-radius: 4px; }
.scroll:focus-visible { outline: 3px solid #005a9c; outline-offset: 2px; }
.origin { width: 100%; max-width: 34rem; height: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9375rem; }
caption { text-align: left; padding: .5rem .75rem; font-weight: 600; }
th, td { padding: .375rem .75rem; text-align: right; border-top: 1px solid #dfe3e6; white-space: nowrap; }
th:first-child { text-align: left; position: sticky; left: 0; background: #fff; max-width: 11rem; white-space: normal; }
thead th { vertical-align: bottom; white-space: normal; min-width: 6rem; font-weight: 600; }
td small { display: block; color: #4a5258; }
tr.in th::after { content: " ✓"; }
tfoot th, tfoot td { border-top: 2px solid #1a1d20; }
@media (prefers-color-scheme: dark) {
  body, th:first-child { color: #e8eaec; background: #16191c; }
  .about, .hint, td small { color: #b4bbc1; }
  .flow .elected, .origin .elected { fill: #66b3ff; }
  .flow .moves, .flow .gathers, .origin .later { fill: #ffb366; }
}
@media print {
  @page { size: A4 landscape; margin: 14mm; }
  body { font-size: 10pt; color: #000; background: #fff; }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; border: 0; }
  .flow { width: 100%; height: auto; max-height: 150mm; }
  th, td { padding: 2pt 4pt; white-space: normal; }
  th:first-child { background: none; position: static; }
  h2, h3 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
}
"""


def report_html(result: CountResult) -> str:
    """The whole page."""
    title = result.title or "Result of the count"
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(result_sentence(result))} {escape(title)}</title>\n<style>{STYLE}{CHART_STYLE}</style>\n"
        f"</head>\n<body>\n<main>\n{''.join(page_parts(result).values())}</main>\n</body>\n</html>\n"
    )


def page_parts(result: CountResult) -> dict[str, str]:
    """The pieces of the page in their order, by name."""
    ties = [tie_sentence(result, tie) for tie in result.ties]
    return {
        "headline": _headline(result),
        "elected": _elected(result),
        "pictures": _pictures(result),
        "sheet": f"<h2>Result sheet</h2>\n{sheet_table(result)}",
        "stages": _stages(result),
        "ties": _list_or("Ties", ties, "No candidates had to be told apart."),
        "losses": _list_or("Votes that ended with nobody", losses(result), "No vote was lost."),
        "method": _method(result),
    }


def _headline(result: CountResult) -> str:
    title = f'<p class="about">{escape(result.title)}</p>\n' if result.title else ""
    notes = "".join(f"<p>{escape(text)}</p>\n" for text in result.warnings)
    quota = f"<p>{escape(quota_sentence(result))}</p>\n" if result.quota is not None else ""
    return (
        f"{title}<h1>{escape(result_sentence(result))}</h1>\n<p>{escape(figures_sentence(result))}</p>\n{quota}{notes}"
    )


def _elected(result: CountResult) -> str:
    items = "".join(
        f"<li>{escape(elected_sentence(result, stage, who))}</li>\n" for stage in result.stages for who in stage.elected
    )
    return f'<h2>Who was elected, and why</h2>\n<ol class="elected-list">\n{items}</ol>\n' if items else ""


def _pictures(result: CountResult) -> str:
    origin = (
        "<figure><figcaption>The most votes each candidate had</figcaption>\n"
        f'{origin_chart(result)}\n<p class="hint">First preferences first, then votes that came over from others'
        f"{'; the dashed line is the quota' if result.quota else ''}.</p></figure>\n"
    )
    if len(result.stages) < 2:
        return f"<h2>The votes</h2>\n{origin}"
    return (
        f"<h2>How votes moved</h2>\n{origin}<figure><figcaption>From stage to stage</figcaption>\n"
        '<div class="scroll" tabindex="0" role="region" aria-label="How votes moved from stage to stage">\n'
        f'{flow_chart(result)}\n</div>\n<p class="hint">A column is a stage, a band a candidate. What moves between '
        "two stages is gathered in the middle and handed on to those it went to. The sheet below has the figures.</p>"
        "</figure>\n"
    )


def sheet_table(result: CountResult) -> str:
    """Every stage side by side: totals, with what each candidate gained or lost beneath."""
    heads = "".join(
        f'<th scope="col">{stage.number}. {escape(stage_name(result, stage))}</th>' for stage in result.stages
    )
    rows = "".join(_row(result, one) for one in range(len(result.names)) if one not in result.withdrawn)
    lost = _cells(result, [stage.non_transferable for stage in result.stages])
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Result sheet">\n<table>\n'
        "<caption>Votes at the end of each stage, and the change in it</caption>\n"
        f'<thead><tr><th scope="col">Candidate</th>{heads}<th scope="col">Outcome</th></tr></thead>\n'
        f'<tbody>{rows}</tbody>\n<tfoot><tr><th scope="row">Non-transferable</th>{lost}<td></td></tr></tfoot>\n'
        "</table>\n</div>\n"
    )


def _row(result: CountResult, one: int) -> str:
    elected = next((stage for stage in result.stages if one in [who.candidate for who in stage.elected]), None)
    out = next((stage for stage in result.stages if one in stage.excluded), None)
    outcome = f"Elected, stage {elected.number}" if elected else f"Out, stage {out.number}" if out else "Not elected"
    cells = _cells(result, [stage.votes[one] for stage in result.stages])
    mark = ' class="in"' if elected else ""
    return f'<tr{mark}><th scope="row">{escape(result.names[one])}</th>{cells}<td>{outcome}</td></tr>\n'


def _cells(result: CountResult, totals: Iterable[int]) -> str:
    cells, before = [], None
    for total in totals:
        change = total - before if before is not None else 0
        text = f"<small>{'+' if change > 0 else '−'}{votes_text(abs(change), result.places)}</small>" if change else ""
        cells.append(f"<td>{votes_text(total, result.places)}{text}</td>")
        before = total
    return "".join(cells)


def _stages(result: CountResult) -> str:
    return "<h2>Stage by stage</h2>\n" + "".join(_stage(result, stage) for stage in result.stages)


def _stage(result: CountResult, stage: Stage) -> str:
    sentences = "".join(f"<li>{escape(text)}</li>\n" for text in stage_sentences(result, stage))
    heading = f"<h3>{stage.number}. {escape(stage_sentence(result, stage))}</h3>\n"
    return heading + (f"<ul>\n{sentences}</ul>\n" if sentences else "")


def _list_or(heading: str, sentences: list[str], otherwise: str) -> str:
    if not sentences:
        return f"<h2>{heading}</h2>\n<p>{otherwise}</p>\n"
    items = "".join(f"<li>{escape(text)}</li>\n" for text in sentences)
    return f"<h2>{heading}</h2>\n<ul>\n{items}</ul>\n"


def _method(result: CountResult) -> str:
    options = "".join(f"<li>{escape(text)}</li>\n" for text in options_in_words(result))
    chosen = f"<p>Points the rule leaves open were settled so:</p>\n<ul>\n{options}</ul>\n" if options else ""
    return (
        f"<h2>How this was counted</h2>\n<p>{escape(RULES[result.rule].name)}. Source: "
        f"{escape(SOURCES[result.rule])}. Votes are whole numbers of the rule's smallest part; nothing is rounded but "
        f"as the rule says.</p>\n{chosen}"
    )
