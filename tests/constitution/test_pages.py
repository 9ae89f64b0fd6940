"""Our rule book in the browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mutualgov.constitution.actions import adopt_constitution, start_text
from mutualgov.constitution.models import ConstitutionVersion
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db

RULES = "/weavers/rules/"
FIRST = start_text("riverside", key="weavers", name="Weavers Mutual")
SECOND = FIRST + "bodies: {council: {quorum: 1/3}}\n"


@pytest.fixture
def adopted(weavers):
    with acting_in(weavers):
        return adopt_constitution(text=FIRST, adopted_on=TODAY, by="tests", at=NOON)


def asked(text=SECOND, day="1 9 2026", **more):
    return {"text": text, "adopted_on": day, **more}


def test_a_member_reads_the_rules_in_force(client, member, adopted):
    client.force_login(member)

    page = client.get(RULES).text

    assert "Version 1, in force" in page
    assert "Remove the chair or a non-executive: the council by at least three quarters of all who may vote" in page
    assert "The template we started from: by statute, CCBSA 2014 s.113" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" id="rules-diagram"' in page
    assert "3 seats of the council are elected by nursing and therapy." in page


def test_before_the_first_version_the_page_says_what_to_do(client, secretary, member):
    client.force_login(secretary)
    assert "Put the first version on record" in client.get(RULES).text

    client.force_login(member)
    assert "Put the first version on record" not in client.get(RULES).text
    assert "No constitution is in force yet" in client.get(RULES).text


def test_another_mutuals_rules_are_not_there(client, bakers_member, adopted):
    client.force_login(bakers_member)

    for path in ("", "versions/", "versions/1/", "versions/1/document/"):
        assert client.get(RULES + path).status_code == 404


def test_a_member_does_not_put_rules_on_record(client, member, adopted):
    client.force_login(member)

    assert client.get(RULES + "new/").status_code == 403
    assert client.post(RULES + "adopt/", asked()).status_code == 403


def test_the_secretary_puts_the_next_version_on_record(client, secretary, adopted, in_weavers):
    client.force_login(secretary)

    answer = client.post(RULES + "adopt/", asked())

    assert (answer.status_code, answer.url) == (302, "/weavers/rules/versions/2/")
    page = client.get(answer.url).text
    assert "What changed since version 1" in page
    assert "One third of those entitled to be there must be present." in page
    assert ConstitutionVersion.objects.get(number=2).document == SECOND


def test_checking_keeps_nothing(client, secretary, adopted, in_weavers):
    client.force_login(secretary)

    page = client.post(RULES + "adopt/", asked(only="check"))

    assert page.status_code == 200
    assert "This can be put on record" in page.text
    assert "One third of those entitled to be there must be present." in page.text
    assert ConstitutionVersion.objects.count() == 1


def test_a_wrong_version_is_answered_with_its_problems_and_the_text_stays(client, secretary, adopted, in_weavers):
    client.force_login(secretary)

    page = client.post(RULES + "adopt/", asked(text=SECOND.replace("quorum: 1/3", "quorom: 1/3")))

    assert page.status_code == 422
    assert "There is 1 problem in this constitution." in page.text
    assert "A body has no key “quorom”." in page.text
    assert "quorom: 1/3" in page.text
    assert ConstitutionVersion.objects.count() == 1


def test_a_date_before_the_last_version_is_refused_in_words(client, secretary, adopted):
    client.force_login(secretary)

    page = client.post(RULES + "adopt/", asked(day="1 5 2026"))

    assert page.status_code == 409
    assert "Version 1 holds from Monday 1 June 2026; the next cannot hold from Friday 1 May 2026." in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"day": ""}, "Enter the day from which it holds."), ({"day": "31 2 2026"}, "The day must be a real date"),
     ({"text": ""}, "Enter the constitution.")],
)  # fmt: skip
def test_what_is_missing_is_named(changed, said, client, secretary, adopted):
    client.force_login(secretary)

    page = client.post(RULES + "adopt/", asked(**changed))

    assert page.status_code == 422
    assert said in page.text


def test_a_version_is_downloaded_as_it_was_written(client, member, adopted):
    client.force_login(member)

    answer = client.get(RULES + "versions/1/document/")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="weavers-constitution-1.yaml"'
    assert answer.text == FIRST


def test_a_version_that_never_was_is_not_found(client, member, adopted):
    client.force_login(member)

    assert client.get(RULES + "versions/2/").status_code == 404


def test_the_versions_take_as_many_queries_for_three_as_for_one(client, member, adopted):
    client.force_login(member)
    with CaptureQueriesContext(connection) as for_one:
        client.get(RULES + "versions/")
    with acting_in(adopted.mutual):
        for quorum in ("1/3", "2/3"):
            text = FIRST + f"bodies: {{council: {{quorum: {quorum}}}}}\n"
            adopt_constitution(text=text, adopted_on=TODAY, by="tests", at=NOON)

    with CaptureQueriesContext(connection) as for_three:
        page = client.get(RULES + "versions/")

    assert len(for_three) == len(for_one)
    assert page.text.count("/weavers/rules/versions/") == 3
