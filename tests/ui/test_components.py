"""Each component says what it was given, and refuses what it does not know."""

from datetime import date

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.html import strip_tags

from mutualgov.core.rulings import Refusal, Ruling
from mutualgov.ui.components.charts import _pieces
from mutualgov.ui.components.people import initials
from mutualgov.ui.components.tables import Column, columns_of
from mutualgov.ui.components.words import moment_text
from mutualgov.ui.views import KitPage
from tests.conftest import NOON

TEMPLATES = settings.BASE_DIR / "templates"


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def words(source: str, **context: object) -> str:
    """What a person reads, on one line."""
    return " ".join(strip_tags(render(source, **context).replace("</th>", " </th>")).split())


ONE_OF_EACH = {
    "panel": '{% panel heading="Seats" %}x{% endpanel %}',
    "card": '{% card heading="Seats" %}x{% endcard %}',
    "cards": "{% cards %}x{% endcards %}",
    "columns": "{% columns %}x{% endcolumns %}",
    "inset": "{% inset %}x{% endinset %}",
    "notification": "{% notification %}x{% endnotification %}",
    "warning_callout": '{% warning_callout heading="Mind" %}x{% endwarning_callout %}',
    "details": '{% details summary="Why" %}x{% enddetails %}',
    "promise": "{% promise %}x{% endpromise %}",
    "empty_state": '{% empty_state heading="Nothing" %}x{% endempty_state %}',
    "refused": '{% refused refusal="No." %}',
    "print_header": '{% print_header title="Roll" %}x{% endprint_header %}',
    "status": '{% status label="Open" %}',
    "summary_list": "{% summary_list %}x{% endsummary_list %}",
    "row": '{% row label="Name" %}x{% endrow %}',
    "figure_number": '{% figure_number value=3 label="Seats" %}',
    "figures": "{% figures %}x{% endfigures %}",
    "rule_note": '{% rule_note rule="Clause 4" %}',
    "date_note": '{% date_note date=on because="so" %}',
    "progress": '{% progress value=1 maximum=2 label="Half" %}',
    "receipt": '{% receipt reference="7K3Q" heading="Cast" %}x{% endreceipt %}',
    "timeline": "{% timeline %}x{% endtimeline %}",
    "moment": '{% moment heading="Notice" %}x{% endmoment %}',
    "person": '{% person name="Ada" %}x{% endperson %}',
    "candidate": '{% candidate name="Ada" %}x{% endcandidate %}',
    "button": '{% button label="Go" %}',
    "button_row": "{% button_row %}x{% endbutton_row %}",
    "post_button": '{% post_button label="Go" url="/go/" %}',
    "task_list": "{% task_list %}x{% endtask_list %}",
    "task": '{% task title="Freeze" status="To do" %}x{% endtask %}',
    "step": "{% step number=1 of=2 %}",
    "data_table": '{% data_table caption="Roll" columns="Name" empty="None." %}{% enddata_table %}',
    "bar_chart": '{% bar_chart caption="Votes" rows=rows %}',
    "stacked_chart": '{% stacked_chart caption="Votes" parts=parts rows=stacks %}',
    "back_link": '{% back_link href="/" %}',
    "breadcrumbs": "{% breadcrumbs trail=trail %}",
    "pagination": "{% pagination page=page %}",
}
VALUES = {
    "on": date(2026, 6, 15),
    "rows": [("Ada", 3)],
    "parts": ["Post"],
    "stacks": [("Staff", [3])],
    "trail": [("Home", "/")],
    "page": Paginator([1, 2], 1).page(1),
}


@pytest.mark.parametrize("source", ONE_OF_EACH.values(), ids=ONE_OF_EACH)
def test_a_component_renders_with_no_more_than_it_needs(source):
    assert render(source, **VALUES).strip()


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_misspelt_argument_is_an_error_when_the_template_loads(name):
    misspelt = ONE_OF_EACH[name].replace(f"{{% {name}", f"{{% {name} colour='red'", 1)

    with pytest.raises(TemplateSyntaxError, match="colour"):
        Template(misspelt)


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_positional_argument_is_an_error_when_the_template_loads(name):
    positional = ONE_OF_EACH[name].replace(f"{{% {name}", f"{{% {name} 'red'", 1)

    with pytest.raises(TemplateSyntaxError):
        Template(positional)


def test_the_kit_page_shows_every_component():
    shown = (TEMPLATES / KitPage.template_name).read_text()

    assert [name for name in ONE_OF_EACH if f"{{% {name} " not in shown] == []


@pytest.mark.parametrize(
    "source",
    [
        '{% panel heading="x" tone="loud" %}{% endpanel %}',
        '{% status label="x" tone="pink" %}',
        '{% notification tone="loud" %}{% endnotification %}',
        '{% button label="x" tone="loud" %}',
        '{% moment heading="x" state="later" %}{% endmoment %}',
        '{% candidate name="x" tone="loud" %}{% endcandidate %}',
    ],
)
def test_an_unknown_tone_names_those_there_are(source):
    with pytest.raises(ValueError, match="use one of"):
        render(source)


def test_what_a_person_wrote_is_escaped_everywhere():
    wrote = "<script>alert(1)</script>"

    shown = render(
        "{% panel heading=wrote caption=wrote %}{{ wrote }}{% endpanel %}"
        "{% row label=wrote change=wrote %}{{ wrote }}{% endrow %}"
        "{% data_table caption=wrote columns=wrote empty=wrote %}"
        "{% table_row %}{% cell %}{{ wrote }}{% endcell %}{% endtable_row %}{% enddata_table %}"
        "{% person name=wrote %}{{ wrote }}{% endperson %}{% status label=wrote %}"
        "{% button label=wrote value=wrote name=wrote %}{% refused refusal=wrote %}",
        wrote=wrote,
    )

    assert "<script" not in shown


def test_a_refusal_says_its_reason_and_its_rule():
    refusal = Refusal(Ruling(False, "elections.notice", "The poll opens in 9 days; the rules ask for 14."))

    said = words("{% refused refusal=refusal %}", refusal=refusal)

    assert said == ("This cannot be done The poll opens in 9 days; the rules ask for 14. Which rule elections.notice")


def test_a_table_names_each_value_again_for_a_phone():
    shown = render(
        '{% data_table caption="Roll" columns="Name | Shares:number" empty="Nobody." %}'
        "{% table_row %}{% cell %}Ada{% endcell %}{% cell %}25{% endcell %}{% endtable_row %}"
        "{% table_row %}{% cell %}Bo{% endcell %}{% cell %}1{% endcell %}{% endtable_row %}{% enddata_table %}"
    )

    assert shown.count('<span class="mg-cell__label" aria-hidden="true">Shares</span>') == 2
    assert shown.count('scope="row"') == 2
    assert shown.count("mg-cell--number") == 3


def test_a_table_without_rows_says_so():
    said = words(
        '{% data_table caption="Objections" columns="Name" empty="Nobody has objected." %} {% enddata_table %}'
    )

    assert said == "Objections Nobody has objected."


@pytest.mark.parametrize("cells", [1, 3])
def test_a_row_that_does_not_fit_its_table_is_an_error(cells):
    row = "{% table_row %}" + "{% cell %}x{% endcell %}" * cells + "{% endtable_row %}"

    with pytest.raises(ValueError, match="columns"):
        render('{% data_table caption="x" columns="A | B" empty="x" %}' + row + "{% enddata_table %}")


def test_columns_may_have_colons_in_their_names():
    assert columns_of("Ratio 1:2 | Shares:number | :actions") == [
        Column("Ratio 1:2"),
        Column("Shares", "number"),
        Column("", "actions"),
    ]


def test_an_act_is_a_form_of_its_own_with_the_token():
    request = RequestFactory().get("/")

    shown = render('{% post_button label="Open voting" url="/weavers/open/" %}', request=request)

    assert 'method="post" action="/weavers/open/"' in shown
    assert 'name="csrfmiddlewaretoken" value="NOTPROVIDED"' not in shown
    assert len(shown.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]) == 64


def test_finished_work_asks_no_more():
    running = render('{% progress value=1 maximum=2 label="Check" live_url="/p/" %}')
    finished = render('{% progress value=2 maximum=2 label="Check" live_url="/p/" %}')

    assert ("hx-get" in running, "hx-get" in finished) == (True, False)


def test_progress_reads_as_plain_text():
    assert words('{% progress value=412 maximum=1800 label="Checking the file" %}') == (
        "Checking the file 412 of 1,800"
    )


def test_a_chart_carries_its_figures_in_words():
    said = words(
        '{% bar_chart caption="First preferences" rows=rows unit="votes" mark=81 mark_label="Quota" %}',
        rows=[("Ada", 148, "Elected"), ("Bo", 96)],
    )

    assert said == "First preferences Quota: 81 Name votes Remark Ada 148 votes Elected Bo 96 votes"


def test_pieces_of_a_stack_lie_end_to_end():
    pieces = _pieces(["Post", "Hall"], [1, 2], longest=3)

    assert [(piece.start, piece.length) for piece in pieces] == [(0, 333), (333, 666)]


def test_a_stack_of_seven_parts_is_refused():
    with pytest.raises(ValueError, match="6 parts"):
        render('{% stacked_chart caption="x" parts=parts rows=rows %}', parts=list("abcdefg"), rows=[])


def test_other_pages_keep_the_search():
    request = RequestFactory().get("/register/?q=weft&page=2")

    shown = render("{% pagination page=page %}", page=Paginator(range(90), 30).page(2), request=request)

    assert 'href="?q=weft&amp;page=3" rel="next"' in shown


def test_one_page_has_no_pagination():
    assert render("{% pagination page=page %}", page=Paginator([1], 30).page(1)) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Bo Ek-Lund", "BE"), ("The Weavers’ Mutual", "WM"), ("Ada", "A"), ("", ""), ("The The", "TT")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_a_moment_is_told_in_the_time_of_the_united_kingdom():
    assert moment_text(NOON) == "1 June 2026 at midday"


def test_values_in_words():
    said = words(
        "{{ pence|pounds }}; {{ number|whole }}; {{ on|day }}", pence=123456, number=12345, on=date(2026, 3, 4)
    )

    assert said == "£1,234.56; 12,345; 4 March 2026"
