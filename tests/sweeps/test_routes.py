"""Every address against another mutual's secretary, a stranger, one without the permission, and one with it."""

import pytest

from mutualgov.access.permissions import PUBLIC
from mutualgov.access.views import MutualView, SiteView
from tests.conftest import make_login
from tests.sweeps.registry import (
    all_routes,
    is_declared,
    mutual_routes,
    role_with,
    role_without,
    site_routes,
)

#: Verbs that find nothing when they are sent without more than a role: why.
NEED_MORE_THAN_A_ROLE = {
    "members:opt-out": "it is about the membership of whoever asks",
    "voting:draft": "the form names the seat",
}

ROUTES = mutual_routes()
GUARDED = [route for route in ROUTES if not route.access or not route.access.public]
SHUT_TO_SOMEONE = [route for route in GUARDED if role_without(route.access)]


@pytest.fixture
def samples(site):
    return site.in_weavers


def answers(client, route, url):
    """Status of each method that the view has."""
    return {method: getattr(client, method)(url).status_code for method in route.methods}


@pytest.mark.parametrize("route", ROUTES + site_routes(), ids=str)
def test_every_view_of_ours_declares_its_access(route):
    assert is_declared(route.view_class), f"{route} is not a MutualView or SiteView"
    assert route.is_of_a_mutual == issubclass(route.view_class, MutualView)


@pytest.mark.parametrize("base", [MutualView, SiteView])
def test_a_view_without_access_fails_at_import(base):
    with pytest.raises(TypeError, match="declares no access"):
        type("Forgetful", (base,), {})


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_another_mutuals_secretary_finds_nothing(route, client, weavers, samples, bakers_secretary):
    client.force_login(bakers_secretary)

    assert set(answers(client, route, route.url_in(weavers, samples)).values()) == {404}


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_a_stranger_is_asked_to_sign_in(route, client, weavers, samples):
    url = route.url_in(weavers, samples)

    assert set(answers(client, route, url).values()) <= {302, 401}
    assert client.get(url).headers.get("Location", "/accounts/login/").startswith("/accounts/login/")


@pytest.mark.parametrize("route", SHUT_TO_SOMEONE, ids=str)
def test_a_role_without_the_permission_is_turned_away(route, client, weavers, samples):
    client.force_login(make_login("Nosy Neighbour", weavers, role_without(route.access)))

    assert set(answers(client, route, route.url_in(weavers, samples)).values()) == {403}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_the_right_person_is_let_in(route, client, weavers, samples):
    if not route.access.public:
        client.force_login(make_login("Right Person", weavers, role_with(route.access)))

    found = answers(client, route, route.url_in(weavers, samples))

    # a page answers 200 or leads on to the one that does; a verb without its form answers with the form or a refusal
    assert set(found.values()) != {405}
    assert found.get("get", 200) in {200, 302, 405}
    if route.name not in NEED_MORE_THAN_A_ROLE:
        assert found.get("post", 200) in {200, 302, 400, 405, 409, 422}


@pytest.mark.parametrize("route", [route for route in GUARDED if route.arguments > {"mutual"}], ids=str)
def test_a_foreign_thing_is_not_found_under_ones_own_address(route, client, bakers, site):
    """Weavers' references under Bakers' address, by somebody who may see the page: it must hold nothing of theirs."""
    theirs, ours = site.in_weavers[route.name], site.in_bakers[route.name]
    client.force_login(make_login("Bakers Insider", bakers, *route.access.roles))

    found = answers(client, route, route.url_in(bakers, {route.name: theirs}))

    # what is called the same in both (the council, version 1) is Bakers' own; anything else is not there
    assert theirs == ours or (404 in found.values() and set(found.values()) <= {404, 405})


def test_public_pages_are_few_and_known():
    """A page becomes public by decision: add it here with the reason."""
    public = sorted(route.name for route in all_routes() if route.access is PUBLIC and route.is_of_a_mutual)

    assert public == sorted(PUBLIC_PAGES)


#: Every page of a mutual that anybody may see without signing in: an election's dates, candidates and result.
PUBLIC_PAGES = ["voting:public"]
