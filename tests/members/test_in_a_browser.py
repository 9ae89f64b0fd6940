"""A secretary brings in a staff file in a real browser; every page is accessible, at a desk and on a phone."""

import io

import pikepdf
import pytest

from members.actions import link_login
from members.feed.sample import sample_staff_csv
from members.models import Membership
from mutualgov.tenancy.scope import acting_in, reading_in
from tests.browser import assert_accessible, sign_in
from tests.conftest import NOON
from tests.members.conftest import adopt
from tests.members.payroll import ann, as_csv, ben, bring_in, others

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def society(weavers):
    with acting_in(weavers):
        adopt("riverside", weavers)
    return weavers


def fits(page):
    """Nothing on the page is wider than the screen; a browser may round up the part of a pixel."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")


@pytest.mark.parametrize("width", [1280, 375])
def test_a_staff_file_from_upload_to_register(new_page, society, secretary, width):
    page = new_page(width=width)
    sign_in(page, secretary)

    page.goto("/weavers/staff-files/")
    assert_accessible(page)
    staff = sample_staff_csv(rows=120).encode()
    page.set_input_files("input[type=file]", {"name": "staff.csv", "mimeType": "text/csv", "buffer": staff})
    page.get_by_role("button", name="Compare with the register").click()
    page.wait_for_url("**/staff-files/FB-*/")
    assert page.get_by_role("heading", level=1).inner_text() == "staff.csv"
    assert_accessible(page)
    assert fits(page)

    page.get_by_role("button", name="Approve and write into the register").click()
    page.get_by_text("The file is approved and written into the register.").wait_for()
    page.goto("/weavers/register/")
    assert_accessible(page)
    assert fits(page)

    page.locator("table a").first.click()
    page.get_by_text("Every entry, in the order it was made").wait_for()
    assert_accessible(page)
    assert fits(page)
    page.get_by_role("link", name="End the membership").click()
    assert_accessible(page)
    page.goto("/weavers/register/admissions/")
    assert_accessible(page)


def test_questions_groups_and_refusals_are_accessible(page, weavers, secretary):
    with acting_in(weavers):
        adopt("lantern", weavers)
    sign_in(page, secretary)

    page.goto("/weavers/staff-files/")
    page.get_by_role("button", name="Compare with the register").click()
    page.get_by_text("There is a problem").wait_for()
    assert_accessible(page)
    rows = as_csv(ann(), ben(), *others(30), ann(Employee_Number="1", NI_Number="", First_Name="Zoe"))
    page.set_input_files("input[type=file]", {"name": "staff.csv", "mimeType": "text/csv", "buffer": rows})
    page.get_by_role("button", name="Compare with the register").click()
    page.get_by_text("Which constituency are these staff groups in?").wait_for()
    assert_accessible(page)


def test_a_member_reads_their_own_page_on_a_phone(new_page, society, member):
    with acting_in(society):
        bring_in(ann())
    with reading_in(society):
        link_login(membership=Membership.objects.get(), user=member, by="tests", at=NOON)
    page = new_page(width=375)
    sign_in(page, member)

    page.goto("/weavers/me/")

    page.get_by_text("Your member number is 1.").wait_for()
    assert_accessible(page)
    assert fits(page)


def test_the_printed_register_is_a4_across_and_whole(page, society, secretary):
    with acting_in(society):
        bring_in(*others(60))
    sign_in(page, secretary)

    page.goto("/weavers/register/?paper=1")

    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        left, bottom, right, top = (float(edge) for edge in paper.pages[0].mediabox)
    assert right - left > top - bottom
    assert page.locator("tbody tr").count() == 60
