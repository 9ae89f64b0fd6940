"""A login is shown the sections it may enter, and which one it is in."""

import pytest
from django.urls import reverse

import mutualgov.urls  # noqa: F401  (hangs the rooms first)
from mutualgov.access import navigation
from mutualgov.access.navigation import NavItem, Section, sections
from mutualgov.access.permissions import GRANT_ROLES, SEE_MUTUAL, Role


@pytest.fixture
def two_sections(monkeypatch):
    monkeypatch.setattr(
        navigation,
        "_items",
        [NavItem("Overview", "home:landing", SEE_MUTUAL), NavItem("Settings", "home:landing", GRANT_ROLES)],
    )


@pytest.mark.django_db
def test_a_member_is_not_shown_what_only_the_secretary_may_enter(weavers, two_sections):
    shown = {
        role: [s.label for s in sections(weavers, roles=frozenset({role}), at_path="/")]
        for role in (Role.MEMBER, Role.SECRETARY)
    }

    assert shown == {Role.MEMBER: ["Overview"], Role.SECRETARY: ["Overview", "Settings"]}


@pytest.mark.django_db
def test_the_first_page_is_current_only_on_itself(weavers, two_sections):
    address = reverse("home:landing", kwargs={"mutual": "weavers"})

    on_it = sections(weavers, roles=frozenset({Role.MEMBER}), at_path=address)
    below = sections(weavers, roles=frozenset({Role.MEMBER}), at_path=address + "members/M-1/")

    assert on_it == [Section("Overview", "/weavers/", True)]
    assert below == [Section("Overview", "/weavers/", False)]


def test_the_most_particular_section_is_current():
    starts = ["/weavers/", "/weavers/members/", "/weavers/members/feeds/"]

    assert navigation._longest_start("/weavers/members/feeds/7/", starts) == "/weavers/members/feeds/"
    assert navigation._longest_start("/weavers/elections/", starts) == ""
