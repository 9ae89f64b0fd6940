"""Layouts: titles, errors, refusals, sections, and the page that shows the kit."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import Client, RequestFactory

from mutualgov.accounts.models import User
from mutualgov.core.rulings import Refusal, Ruling
from mutualgov.tenancy.models import Mutual

pytestmark = pytest.mark.django_db

PAGE = (
    '{% extends "mutual.html" %}{% block title %}The <em>register</em>{% endblock %}'
    "{% block content %}{{ form }}{% endblock %}"
)


class Asked(forms.Form):
    name = forms.CharField(label="Name")


def render(source: str, mutual: Mutual | None = None, **context: Any) -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    if mutual is not None:
        request.mutual = mutual
    return engines["django"].from_string(source).render(context, request)


@pytest.fixture
def mutual() -> Mutual:
    return Mutual(key="weavers", name="Weavers Mutual")


def test_a_page_is_titled_by_itself_and_its_mutual(mutual):
    shown = render(PAGE, mutual)

    assert "<title>The register – Weavers Mutual – mutualgov</title>" in shown
    assert '<h1 class="mg-title__heading">The <em>register</em></h1>' in shown


def test_errors_stand_at_the_top_and_in_the_title(mutual):
    shown = render(PAGE, mutual, form=Asked({}))

    assert "<title>Error: The register – Weavers Mutual – mutualgov</title>" in shown
    assert shown.count("There is a problem") == 1
    assert shown.index("There is a problem") < shown.index("<h1")


def test_a_page_without_mistakes_has_no_error_in_its_title(mutual):
    assert "<title>The register – " in render(PAGE, mutual, form=Asked({"name": "Ada"}))


def test_a_refusal_stands_at_the_top(mutual):
    shown = render(PAGE, mutual, refusal=Refusal(Ruling(False, "elections.notice", "The rules ask for 14 days.")))

    assert "The rules ask for 14 days." in shown
    assert "<title>Error: " in shown


def test_two_mutuals_wear_their_own_colours():
    worn = [render(PAGE, Mutual(key=key, name=key)).split('data-mg-palette="')[1].split('"')[0] for key in ("a", "b")]

    assert worn[0] != worn[1]


def test_sections_end_with_the_item_that_the_kit_needs(mutual):
    shown = render(PAGE, mutual, navigation=[("Register", "/weavers/register/", True)])

    assert 'href="/weavers/register/" aria-current="true">Register</a>' in shown
    assert '<li class="nhsuk-header__menu" hidden>' in shown


def test_a_page_of_an_error_needs_nothing():
    for name in ("400.html", "403.html", "404.html", "500.html", "403_csrf.html"):
        shown = engines["django"].get_template(name).render()

        assert "<h1" in shown


def test_a_page_that_is_not_there_looks_like_the_others():
    response = Client().get("/kit/nothing/here/")

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize("address", ["/help/", "/help/accessibility/"])
def test_anybody_may_read_the_help(address):
    response = Client().get(address)

    assert response.status_code == 200
    assert 'href="/help/accessibility/"' in response.content.decode()


def test_the_kit_page_is_for_operators():
    operator = User.objects.create_user("olga@example.org", name="Olga Oper", is_site_operator=True)
    stranger = User.objects.create_user("sam@example.org", name="Sam Strange")
    client = Client()

    statuses = []
    for user in (operator, stranger):
        client.force_login(user)
        statuses.append(client.get("/kit/").status_code)

    assert statuses == [200, 403]


def test_the_kit_page_shows_its_errors():
    client = Client()
    client.force_login(User.objects.create_user("olga@example.org", name="Olga", is_site_operator=True))

    shown = client.get("/kit/?wrong=1").content.decode()

    assert "31 February 1985 is not a date in the calendar." in shown
    assert "Fill in “Full name”" in shown
