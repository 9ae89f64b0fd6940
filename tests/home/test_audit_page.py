"""The chain on a page: in plain words, filtered, checked, as a file."""

import csv
from io import StringIO

import pytest

from mutualgov.audit.actions import record
from mutualgov.audit.models import AuditEntry
from mutualgov.home import audit
from mutualgov.tenancy.scope import acting_in
from tests.audit.tampering import tamper
from tests.conftest import NOON

PAGE = "/weavers/audit/"


@pytest.fixture
def office(client, weavers, secretary, member):
    """Signed in as the secretary, with two grants and a formula on the record."""
    with acting_in(weavers):
        record("mutual.moved", weavers, by=secretary, at=NOON, rule="=1+1", place="Leek")
    client.force_login(secretary)
    return client


def test_entries_read_in_plain_words_the_latest_first(office):
    page = office.get(PAGE).text

    assert page.index("Mutual: moved") < page.index("Wes Weft was given the role of member")
    assert page.index("Wes Weft was given") < page.index("Wanda Warp was given the role of secretary")
    assert "The platform (tests)" in page


def test_the_page_says_that_the_chain_is_whole(office):
    assert "3 entries were checked just now" in office.get(PAGE).text


def test_the_page_says_where_the_chain_is_broken(office, weavers):
    with acting_in(weavers):
        tamper("update audit_auditentry set action = 'mutual.forged' where number = 2 and mutual_id = %s", weavers.pk)

    page = office.get(PAGE).text

    assert "The chain is broken" in page
    assert "Entry 2 has been altered since it was written." in page


def test_a_long_chain_is_checked_when_asked(office, monkeypatch):
    monkeypatch.setattr(audit, "CHECKED_AT_ONCE", 2)

    assert "Not checked yet" in office.get(PAGE).text
    assert "The chain is whole" in office.get(PAGE, {"check": "now"}).text


def rows_of(page) -> list[int]:
    return [item.entry.number for item in page.context["items"]]


def test_entries_are_filtered(office, weavers):
    with acting_in(weavers):
        second = AuditEntry.objects.get(number=2)

    assert rows_of(office.get(PAGE)) == [3, 2, 1]
    assert rows_of(office.get(PAGE, {"action": "access.role_granted"})) == [2, 1]
    assert rows_of(office.get(PAGE, {"kind": "tenancy.mutual"})) == [3]
    assert rows_of(office.get(PAGE, {"subject": f" {second.subject} "})) == [2]
    assert rows_of(office.get(PAGE, {"action": "nothing.like_it"})) == [3, 2, 1]
    assert "No entry matches." in office.get(PAGE, {"subject": "M-0"}).text


def test_one_entry_shows_all_that_was_kept(office, weavers):
    with acting_in(weavers):
        entry = AuditEntry.objects.get(number=3)

    page = office.get(f"{PAGE}3/").text

    for kept in ("mutual.moved", "Leek", entry.hash, entry.previous_hash):
        assert kept in page
    assert office.get(f"{PAGE}99/").status_code == 404


def test_the_file_has_every_entry_with_its_seal_and_no_formula(office, weavers):
    answer = office.get(f"{PAGE}export/")

    rows = list(csv.DictReader(StringIO(answer.text)))
    with acting_in(weavers):
        seals = list(AuditEntry.objects.order_by("number").values_list("hash", flat=True))
    assert [row["hash"] for row in rows] == seals
    assert rows[2]["rule"] == "'=1+1"
    assert rows[2]["details"] == '{"place": "Leek"}'
    assert answer["Content-Disposition"].startswith('attachment; filename="weavers-audit-')


def test_the_chain_is_for_officers(client, member, weavers, bakers_secretary):
    client.force_login(member)
    assert [client.get(PAGE + end).status_code for end in ("", "1/", "export/")] == [403, 403, 403]
    client.force_login(bakers_secretary)
    assert [client.get(PAGE + end).status_code for end in ("", "1/", "export/")] == [404, 404, 404]
