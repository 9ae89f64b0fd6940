"""The browser fixtures prove themselves: a real page, a real sign-in, and troubles that do not pass."""

import pytest

from tests.browser import assert_accessible, sign_in

SIGN_IN = "/accounts/login/"


@pytest.mark.main_path
def test_what_the_test_commits_the_site_knows(page, secretary):
    page.goto(SIGN_IN)
    assert page.url.endswith(SIGN_IN)

    sign_in(page, secretary)
    page.goto(SIGN_IN)

    assert not page.url.endswith(SIGN_IN)  # whoever is signed in is sent on


def test_axe_finds_what_is_wrong(page):
    page.goto(SIGN_IN)
    page.evaluate("document.body.innerHTML = '<img src=\"/nothing.png\">'")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


def test_browser_tests_come_last(request):
    marked = [item.get_closest_marker("browser") is not None for item in request.session.items]

    assert marked == sorted(marked)
