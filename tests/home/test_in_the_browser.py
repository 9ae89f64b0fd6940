"""The front of house in a real browser: one sitting, the keyboard's and screen readers' rules, desk and phone."""

import pytest

from mutualgov.accounts.actions import make_login as make_account
from mutualgov.accounts.actions import offer_demo_login
from mutualgov.notices.models import PostRoomLetter
from tests.browser import assert_accessible, sign_in

PHONE = 375


@pytest.fixture
def post_room(settings):
    settings.EMAIL_BACKEND = "mutualgov.notices.backends.PostRoomBackend"


@pytest.mark.main_path
def test_a_mutual_is_started_and_an_officer_appointed_in_one_sitting(page, db, post_room):
    dora = make_account(email="dora@example.org", name="Dora Dye")
    sign_in(page, dora)
    page.goto("/")

    page.get_by_role("button", name="Start a mutual").or_(page.get_by_role("link", name="Start a mutual")).click()
    page.get_by_label("Two-tier society").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("Dyers & Sons")
    page.get_by_label("Key").fill("dyers")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check the rules").click()
    assert_accessible(page)
    page.get_by_role("button", name="Found the mutual").click()
    assert page.url.endswith("/dyers/")
    assert_accessible(page)

    page.goto("/dyers/roles/new/")
    page.get_by_label("E-mail address").fill("rita@example.org")
    page.get_by_label("Name").fill("Rita Reed")
    page.get_by_label("Returning officer").check()
    page.get_by_role("button", name="Give the role").click()
    assert "Rita Reed is returning officer" in page.inner_text("main")

    page.goto("/post-room/?to=rita@example.org")
    page.get_by_role("link", name="You are returning officer of Dyers & Sons").click()
    assert "Dear Rita Reed," in page.inner_text("main")
    assert PostRoomLetter.objects.filter(to="rita@example.org").count() == 1


@pytest.mark.main_path
def test_one_click_leads_into_the_demonstration(page, weavers, secretary):
    offer_demo_login(user=secretary, key="weavers-secretary", label="Secretary", mutual=weavers)
    page.goto("/")
    assert_accessible(page)

    page.get_by_role("button", name="Secretary").click()

    assert page.url.endswith("/weavers/")
    assert "You are here as secretary" in page.inner_text("main")


OFFICE = ["", "roles/", "roles/new/", "audit/", "audit/1/", "notices/", "notices/samples/"]


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_of_the_office_can_be_used_by_everybody(new_page, weavers, secretary, member, width):
    page = new_page(width=width)
    sign_in(page, secretary)

    for address in OFFICE:
        page.goto(f"/weavers/{address}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [1280, PHONE])
def test_every_page_outside_a_mutual_can_be_used_by_everybody(new_page, weavers, secretary, width):
    page = new_page(width=width)
    for address in ("/", "/post-room/"):
        page.goto(address)
        assert_accessible(page)
    sign_in(page, secretary)

    for address in ("/", "/start/", "/accounts/"):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_errors_of_a_form_are_found_by_everybody(page, weavers, secretary):
    sign_in(page, secretary)
    page.goto("/weavers/roles/new/")

    page.get_by_role("button", name="Give the role").click()

    assert page.title().startswith("Error: ")
    assert_accessible(page)
