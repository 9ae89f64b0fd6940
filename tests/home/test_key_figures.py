"""Key figures say what they are counted out of, and a member what they are here."""

from datetime import date

import pytest

from members.actions import cease_membership, link_login
from mutualgov.home.figures import Figure, key_figures
from mutualgov.tenancy.scope import acting_in
from shares.actions import allot_shares
from tests.conftest import NOON, TODAY, make_login
from tests.factories.members import make_member, make_members
from tests.factories.shares import adopt_society


@pytest.fixture
def society(in_weavers):
    adopt_society()
    return in_weavers


def test_figures_name_what_they_are_counted_out_of(society, secretary):
    one, _two, three = make_members(3, on=date(2026, 1, 1))
    allot_shares(
        memberships=[one], class_key="membership", units=1, effective_on=TODAY, authority="tests", by="tests", at=NOON
    )
    cease_membership(membership=three, effective_on=TODAY, reason="left", by="tests", at=NOON)

    found = {figure.label: figure for figure in key_figures(on=TODAY)}

    assert found["Members today"] == Figure(2, "Members today", "of 3 ever entered")
    [share] = [figure for label, figure in found.items() if label.startswith("Members with a")]
    assert (share.value, share.of, share.note) == (1, "of 2 members", "1 in issue")
    assert found["Offices held"] == Figure(1, "Offices held", "of 4")


def test_before_a_constitution_there_are_offices_only(in_weavers):
    assert key_figures(on=TODAY) == [Figure(0, "Offices held", "of 4")]


def test_the_figures_are_the_mutuals_own(society, bakers):
    make_members(2, on=TODAY)

    with acting_in(bakers):
        assert key_figures(on=TODAY) == [Figure(0, "Offices held", "of 4")]


def test_a_member_is_told_what_they_are_here(client, society, weavers):
    user = make_login("Ann Member", weavers)
    link_login(membership=make_member(on=date(2026, 1, 1)), user=user, by="tests", at=NOON)
    client.force_login(user)

    page = client.get("/weavers/").text

    assert "Member number 1 (" in page
    assert "since 1 January 2026." in page
