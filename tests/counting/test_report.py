"""The result as a page, a picture and a PDF."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings

from tests.counting.elections import contest, elections
from tests.counting.stories import ballots
from voting.counting import RULES, Candidate, ListedLots, SeededLots, count, read_blt
from voting.counting.chart import flow_chart, origin_chart
from voting.counting.report import page_parts, report_html, sheet_table
from voting.counting.report_pdf import report_pdf
from voting.counting.values import contest_from_rankings
from voting.counting.words import losses, result_sentence, stage_sentences, tie_sentence

MODEL = Path(__file__).parents[1] / "golden" / "data" / "ers97_model_election.blt"


@pytest.fixture(scope="module")
def model():
    return count(read_blt(MODEL), "ers97")


class Outline(HTMLParser):
    """Elements that must balance, and the text of headings and cells."""

    VOID = {"meta", "br", "rect", "path", "line", "!doctype"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and data.strip():
            self.texts.setdefault(self.open[-1], []).append(data.strip())


def test_the_page_begins_with_who_is_elected(model):
    outline = Outline(report_html(model))

    assert outline.texts["h1"] == ["Smith, Duke, Carpenter, Prince, Vicar and Freeman are elected."]
    assert outline.texts["h2"] == [
        "Who was elected, and why",
        "How votes moved",
        "Result sheet",
        "Stage by stage",
        "Ties",
        "Votes that ended with nobody",
        "How this was counted",
    ]


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(model):
    outline = Outline(report_html(model))

    tags = {tag for tag, _ in outline.attributes}
    names = {name for _, attributes in outline.attributes for name in attributes}
    assert not tags & {"script", "link", "img", "iframe", "object", "a", "form"}
    assert not names & {"src", "href", "style", "action"}
    assert not {name for name in names if name.startswith("on")}


def test_the_sheet_has_every_figure_and_every_change(model):
    outline = Outline(sheet_table(model))

    assert outline.texts["th"][1:7] == [
        "1. First preferences",
        "2. Surplus of Smith",
        "3. Exclusion of Monk",
        "4. Exclusion of Glazier and Wright",
        "5. Surplus of Carpenter",
        "6. Exclusion of Abbot",
    ]
    carpenter = outline.texts["td"][7:14]
    assert carpenter == ["81.00", "88.35", "88.35", "122.35", "107.58", "107.58", "Elected, stage 4"]
    assert outline.texts["small"][1:4] == ["+7.35", "+34.00", "−14.77"]


def test_pictures_have_a_title_a_description_and_nobody_too_many(model):
    for picture in (flow_chart(model), origin_chart(model)):
        svg = ElementTree.fromstring(picture)
        title, description = (svg.find(f"{{http://www.w3.org/2000/svg}}{tag}") for tag in ("title", "desc"))
        assert title is not None
        assert description is not None
        assert svg.get("role") == "img"
        assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_a_stage_is_told_in_sentences(model):
    assert list(stage_sentences(model, model.stages[1])) == [
        "123 of 134 papers name someone further and pass on the surplus of 26.42 votes at 0.21 each."
    ]
    assert list(stage_sentences(model, model.stages[4])) == [
        "8 of 34 papers name someone further and pass on the surplus of 14.77 votes at 1.00 each.",
        "Prince had enough of the votes still in play: elected at stage 5 with 104.31 votes.",
        "The surplus of Duke stayed where it was: passing it on could not change who went out next.",
    ]


def test_every_lost_vote_is_explained_with_its_rule(model):
    assert losses(model) == [
        "Stage 2, Surplus of Smith: 0.59 votes, of which 0.59 by dropped fractions.",
        "Stage 4, Exclusion of Glazier and Wright: 6.20 votes.",
        "Stage 5, Surplus of Carpenter: 6.77 votes.",
        "Stage 6, Exclusion of Abbot: 12.00 votes.",
        "Transfer values have two decimals and are never rounded up (section 5.3).",
    ]


def test_ties_say_how_they_were_broken():
    by_stage = count(ballots("8 AB, 4 AC, 6 A, 7 B, 2 CB, 2 CD, 6 DB", seats=2), "nhs-ft")
    by_lot = count(ballots("8 AB, 2 AC, 2 AD, 6 A, 7 B, 5 CB, 5 DB", seats=2), "nhs-ft", lots=ListedLots([3, 2]))

    assert tie_sentence(by_stage, by_stage.ties[0]) == (
        "Stage 3: C and D were equal. They had differed before (stage 1): C was excluded. Rule: rules STV47 and STV49: "
        "the earliest stage at which they differed, or else a lot."
    )
    assert tie_sentence(by_lot, by_lot.ties[0]).startswith(
        "Stage 3: C and D were equal. A lot decided (stage-3|exclusion): D was excluded."
    )


def test_nobody_elected_and_empty_seats_are_said():
    few = count(ballots("3 A, 2 B", seats=3), "nhs-ft")

    assert result_sentence(few) == "A and B are elected; 1 of 3 seats stay empty."


def test_names_are_text_and_nothing_else():
    nasty = contest_from_rankings(
        candidates=[Candidate("<script>alert(1)</script>"), Candidate('"&<b>')],
        seats=1,
        rankings=[(3, (0, 1)), (2, (1,))],
        title="<h1>",
    )

    page = report_html(count(nasty, "av"))

    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert Outline(page).texts["h1"] == ["<script>alert(1)</script> is elected."]


@pytest.mark.parametrize("rule", RULES)
@given(election=elections())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_result_has_a_whole_page(rule, election):
    result = count(contest(*election), rule, seats=1 if rule == "av" else None, lots=SeededLots("weavers"))

    outline = Outline(report_html(result))

    assert "".join(page_parts(result).values()) in report_html(result)
    assert len([tag for tag, _ in outline.attributes if tag == "svg"]) == (2 if len(result.stages) > 1 else 1)


def test_the_pdf_is_tagged_and_titled(model):
    pdf = pikepdf.open(io.BytesIO(report_pdf(model)))

    assert pdf.Root.MarkInfo.Marked
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"ERS97 model election: {result_sentence(model)}"
    assert 3 <= len(pdf.pages) <= 6


def test_a_pdf_of_a_count_of_one_stage():
    result = count(ballots("3 A, 2 B", seats=1), "fptp")

    assert report_pdf(result).startswith(b"%PDF")
