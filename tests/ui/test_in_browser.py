"""The kit as people meet it: at a desk, on a phone, by keyboard, on paper."""

from io import BytesIO

import pikepdf
import pytest

from mutualgov.accounts.models import User
from tests.browser import assert_accessible, sign_in


@pytest.fixture
def operator(transactional_db):
    return User.objects.create_user("olga@example.org", name="Olga Oper", is_site_operator=True)


@pytest.fixture
def open_kit(new_page, operator):
    def go(address="/kit/", **options):
        page = new_page(**options)
        sign_in(page, operator)
        page.goto(address)
        return page

    return go


def test_everybody_can_use_every_component(open_kit):
    page = open_kit()
    assert_accessible(page)

    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/kit/?wrong=1")

    assert_accessible(page)


def test_everything_fits_a_phone(open_kit):
    page = open_kit("/kit/?wrong=1", width=320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert _too_small_to_press(page) == []


def _too_small_to_press(page):
    """What is smaller than 24 by 24 pixels, the least of WCAG 2.2."""
    return page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, summary, .nhsuk-button, .mg-pages__link, nav a")]
            .filter((it) => it.offsetParent && !it.closest("[hidden]"))
            .map((it) => [it.outerHTML.slice(0, 80), it.getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && (box.height < 24 || box.width < 24))
            .map(([words]) => words)"""
    )


def test_choices_move_by_buttons_and_leave_no_gap(open_kit):
    page = open_kit()
    ballot = page.get_by_role("group", name="Your choices")

    ballot.get_by_role("button", name="Choose next: Ada Okafor").press("Enter")
    ballot.get_by_role("button", name="Up: Ada Okafor").press("Enter")

    numbers = [box.input_value() for box in ballot.get_by_role("textbox").all()]
    assert numbers == ["2", "1", "", "3"]
    assert ballot.get_by_role("status").inner_text() == (
        "Ada Okafor is now your choice 2. 1 left unranked. That is allowed."
    )

    ballot.get_by_role("button", name="Remove: Bo Lindqvist").click()

    assert [box.input_value() for box in ballot.get_by_role("textbox").all()] == ["1", "", "", "2"]
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Choose next: Bo Lindqvist"


def test_an_error_leads_to_its_box(open_kit):
    page = open_kit("/kit/?wrong=1")

    page.get_by_role("link", name="31 February 1985 is not a date in the calendar.").click()

    assert page.evaluate("document.activeElement.id") == "id_born_on_day"


def test_the_keyboard_skips_to_the_content_and_closes_menus(open_kit):
    page = open_kit()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.locator(".mg-account__summary").press("Enter")
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Sign out").is_visible()


def test_sections_that_do_not_fit_are_under_more(open_kit):
    page = open_kit(width=375)
    assert not page.get_by_role("link", name="Audit").is_visible()

    page.get_by_role("button", name="Show More").click()

    assert page.get_by_role("link", name="Audit").is_visible()
    assert_accessible(page)


def test_a_bar_asks_until_the_work_is_done(open_kit):
    page = open_kit()

    page.get_by_text("Done.").wait_for()

    assert page.locator("[hx-get]").count() == 0


def test_paper_carries_facts_and_no_buttons(open_kit):
    page = open_kit()

    page.emulate_media(media="print")

    assert page.get_by_role("table", name="Register of members").is_visible()
    assert page.locator(".mg-print-header").is_visible()
    for gone in ("nav.mg-navigation", ".mg-account", ".nhsuk-button >> nth=0", ".mg-trail", ".mg-pages"):
        assert not page.locator(gone).is_visible()


def test_a_register_prints_across_the_leaf(open_kit):
    page = open_kit()
    page.evaluate("document.querySelector('main').classList.add('mg-wide')")

    with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        widths = {round(leaf.mediabox[2] - leaf.mediabox[0]) for leaf in paper.pages}

    assert 842 in widths


def test_a_ranking_works_without_scripts(open_kit):
    page = open_kit(java_script_enabled=False)

    boxes = page.get_by_role("group", name="Your choices").get_by_role("textbox")

    assert [box.input_value() for box in boxes.all()] == ["", "1", "", "2"]
    assert page.get_by_role("button", name="Choose next").count() == 0


def test_a_password_can_be_looked_at(open_kit):
    page = open_kit()

    page.get_by_label("Password", exact=True).fill("a long phrase")

    page.get_by_role("button", name="Show password").click()

    assert page.locator("#id_secret").get_attribute("type") == "text"
