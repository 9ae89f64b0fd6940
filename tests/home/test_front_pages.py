"""The first page of the site and of a mutual."""

import pytest
from django.urls import reverse

from mutualgov.accounts.actions import make_login as make_account
from mutualgov.accounts.actions import offer_demo_login
from mutualgov.duties import needs
from mutualgov.duties.needs import Need

LANDING = "/weavers/"


@pytest.fixture
def a_need(monkeypatch):
    def members_vote(asker):
        return [Need("Vote for your staff governor", "/weavers/vote/", None, "Voting ends on Friday.")]

    monkeypatch.setattr(needs, "_tellers", [members_vote])


@pytest.mark.django_db
def test_a_stranger_is_told_what_this_is_and_where_to_sign_in(client):
    page = client.get("/")

    assert page.status_code == 200
    assert 'href="/accounts/login/"' in page.text


def test_a_login_sees_its_own_mutuals_only(client, weavers, bakers, member):
    client.force_login(member)

    page = client.get("/").text

    assert "Weavers Mutual" in page
    assert "Bakers" not in page


def test_a_login_without_a_role_is_told_what_to_do(client, weavers):
    client.force_login(make_account(email="nobody@example.org"))

    page = client.get("/").text

    assert "You are not in any mutual yet" in page
    assert "nobody@example.org" in page
    assert "Weavers" not in page


def test_a_site_operator_sees_every_mutual_and_enters_none(client, weavers, bakers):
    client.force_login(make_account(email="ops@example.org", site_operator=True))

    page = client.get("/").text

    assert "Weavers Mutual" in page
    assert "Bakers Mutual" in page
    assert client.get(LANDING).status_code == 404


def test_the_landing_page_says_what_needs_this_person_now(client, weavers, member, a_need):
    client.force_login(member)

    page = client.get(LANDING).text

    assert "You are here as member" in page
    assert 'href="/weavers/vote/"' in page
    assert "Voting ends on Friday." in page


def test_the_landing_page_says_so_when_nothing_does(client, weavers, member, monkeypatch):
    monkeypatch.setattr(needs, "_tellers", [])
    client.force_login(member)

    assert "Nothing needs you now" in client.get(LANDING).text


def test_officers_also_see_what_was_written_down_lately(client, weavers, secretary, member):
    client.force_login(secretary)
    officers_page = client.get(LANDING).text
    client.force_login(member)
    members_page = client.get(LANDING).text

    assert "Wes Weft was given the role of member from 1 January 2020 until further notice." in officers_page
    assert "was given the role" not in members_page


def test_another_mutuals_secretary_finds_nothing(client, weavers, bakers_secretary):
    client.force_login(bakers_secretary)

    assert client.get(LANDING).status_code == 404


@pytest.fixture
def demo_secretary(secretary, weavers):
    return offer_demo_login(user=secretary, key="weavers-secretary", label="Secretary", mutual=weavers)


def test_one_click_signs_into_the_demonstration(client, demo_secretary, secretary):
    address = reverse("site:demo", kwargs={"key": "weavers-secretary"})
    assert f'action="{address}"' in client.get("/").text

    answer = client.post(address)

    assert (answer.status_code, answer.url) == (302, LANDING)
    assert "You are here as secretary" in client.get(LANDING).text


def test_one_click_is_a_post_with_a_known_name(client, demo_secretary):
    assert "You will be Wanda Warp: Secretary, Weavers Mutual." in client.get("/demo/weavers-secretary/").text
    assert client.post("/demo/weavers-returning-officer/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_real_site_has_no_demonstration(client, demo_secretary, settings):
    settings.EMBEDDED = False

    assert "Secretary" not in client.get("/").text
    assert client.post("/demo/weavers-secretary/").status_code == 404
    assert "_auth_user_id" not in client.session
