"""The share pages, as the secretary and the members meet them."""

import csv
import io
from datetime import date

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.actions import cease_membership, link_login
from mutualgov.access.permissions import Role
from mutualgov.duties.needs import Asker, needs_of
from mutualgov.tenancy.scope import acting_in
from shares.models import ShareEntry
from shares.queries import holding, share_totals
from tests.conftest import NOON, TODAY
from tests.factories.members import make_member, make_members
from tests.factories.shares import adopt_company, adopt_market, adopt_society, allot

pytestmark = pytest.mark.django_db
ON = {"effective_on_day": "1", "effective_on_month": "6", "effective_on_year": "2026"}


@pytest.fixture
def desk(client: Client, secretary):
    client.force_login(secretary)
    return client


@pytest.fixture
def cast(weavers):
    with acting_in(weavers):
        adopt_society()
        return [make_member("Ann Ash"), make_member("Bea Birch")]


def held(mutual, member):
    with acting_in(mutual):
        return holding(member, on=TODAY)


def test_the_secretary_allots_from_the_list_after_a_check(desk, weavers, cast):
    ann, bea = cast
    asked = {"units": "1", "authority": "Minute 1", "members": [ann.reference, bea.reference], **ON}

    listed = desk.get("/weavers/shares/membership/without/").content.decode()
    check = desk.post("/weavers/shares/membership/allot/", asked)
    held_before = held(weavers, ann)
    done = desk.post("/weavers/shares/membership/allot/", {**asked, "confirm": "yes"}, follow=True)

    assert "Ann Ash, number 1" in listed
    assert (check.status_code, held_before) == (200, 0)
    assert check.context["nominal_pence"] == 200
    assert "Shares are allotted to 2 members." in done.content.decode()
    assert (held(weavers, ann), held(weavers, bea)) == (1, 1)
    with acting_in(weavers):
        assert share_totals(on=TODAY)[0].agrees


def test_a_confirmation_sent_twice_allots_once(desk, weavers, cast):
    ann, _ = cast
    asked = {"units": "1", "authority": "Minute 1", "members": [ann.reference], "confirm": "yes", **ON}

    desk.post("/weavers/shares/membership/allot/", asked)
    again = desk.post("/weavers/shares/membership/allot/", asked)

    assert (again.status_code, held(weavers, ann)) == (200, 1)
    assert "members" in again.context["form"].errors


def test_what_cannot_be_allotted_is_said_before_anything_is_written(desk, weavers, cast):
    ann, _ = cast
    asked = {"units": "2", "authority": "Minute 1", "members": [ann.reference], **ON}

    check = desk.post("/weavers/shares/membership/allot/", asked).content.decode()
    forced = desk.post("/weavers/shares/membership/allot/", {**asked, "confirm": "yes"})

    assert "No member may hold more than one share; Ann Ash would get 2." in check
    assert 'name="confirm"' not in check
    assert (forced.status_code, held(weavers, ann)) == (409, 0)


def test_the_register_shows_a_past_day_and_gives_it_as_a_file(desk, weavers):
    with acting_in(weavers):
        adopt_society()
        ann, bea = make_member("Ann Ash", on=date(2026, 3, 2)), make_member("=Bea Birch", on=date(2026, 3, 2))
        allot(ann, on=date(2026, 4, 1))
        allot(bea, on=date(2026, 5, 4))
    april = "as_at_day=30&as_at_month=4&as_at_year=2026"

    page = desk.get(f"/weavers/shares/?{april}").content.decode()
    file = desk.get("/weavers/shares/register.csv")

    assert ("Ann Ash" in page, "=Bea Birch" in page) == (True, False)
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["Name"], row["Shares"], row["Nominal pence"], row["Certificates"]) for row in rows] == [
        ("Ann Ash", "1", "100", "1"),
        ("'=Bea Birch", "1", "100", "2"),
    ]


def test_a_mutual_without_members_sees_what_to_do_next(desk, weavers):
    with acting_in(weavers):
        adopt_society()

    assert "Nobody holds a share on that day." in desk.get("/weavers/shares/").content.decode()
    without = desk.get("/weavers/shares/membership/without/").content.decode()
    assert "Every member holds their share" in without


def test_a_wrong_entry_is_reversed_from_its_page(desk, weavers, cast):
    ann, _ = cast
    with acting_in(weavers):
        entry = allot(ann)
    address = f"/weavers/shares/entries/{entry.reference}/"

    blank = desk.post(f"{address}reverse/", {"authority": ""})
    done = desk.post(f"{address}reverse/", {"authority": "Entered twice"}, follow=True)
    again = desk.post(f"{address}reverse/", {"authority": "Entered twice"})

    assert (blank.status_code, blank.context["form"].errors["authority"]) == (200, ["This field is required."])
    assert f"Entry {entry.reference} is reversed." in done.content.decode()
    assert (again.status_code, held(weavers, ann)) == (409, 0)
    assert "is reversed by" in desk.get(address).content.decode()


def leaver(weavers, adopt):
    with acting_in(weavers):
        adopt()
        ann = make_member("Ann Ash", on=date(2026, 3, 2))
        allot(ann, on=date(2026, 3, 2))
        cease_membership(membership=ann, effective_on=date(2026, 5, 4), reason="left", by="tests", at=NOON)
    return ann


@pytest.mark.parametrize(
    ("adopt", "kind", "says"),
    [
        (adopt_society, "CANCEL", "When a member leaves, the share is cancelled, its amount going to reserves."),
        (adopt_company, "SETTLE", "When a member leaves, the share is transferred at par to the staff share nominee."),
    ],
)
def test_a_leavers_share_is_settled_as_the_constitution_says(desk, weavers, adopt, kind, says):
    ann = leaver(weavers, adopt)
    address = f"/weavers/shares/holders/{ann.reference}/"

    page = desk.get(address).content.decode()
    desk.post(f"{address}membership/settle/", {"authority": "Rule 9", **ON})

    assert says in page
    assert held(weavers, ann) == 0
    with acting_in(weavers):
        assert ShareEntry.objects.last().kind == kind


def test_the_secretary_is_told_whose_share_is_to_be_allotted_and_settled(weavers, secretary):
    ann = leaver(weavers, adopt_society)
    with acting_in(weavers):
        make_members(2)

        needs = needs_of(Asker(secretary, frozenset({Role.SECRETARY}), NOON))
        of_a_member = needs_of(Asker(secretary, frozenset({Role.MEMBER}), NOON))

    told = {need.title: need.url for need in needs}
    assert told["Allot shares to 2 members"] == "/weavers/shares/membership/without/"
    assert told["Settle the share of Ann Ash"] == f"/weavers/shares/holders/{ann.reference}/"
    assert not any("share" in need.title for need in of_a_member)


def test_shares_are_transferred_where_the_constitution_lets_them(desk, weavers):
    with acting_in(weavers):
        adopt_market()
        ann, bea = make_members(2)
        allot(ann, units=2)
    address = f"/weavers/shares/holders/{ann.reference}/membership/transfer/"
    asked = {"units": "1", "authority": "Instrument 1", **ON}

    stranger = desk.post(address, {**asked, "taker": "M-NOBODY"})
    desk.post(address, {**asked, "taker": bea.reference.lower()})

    assert (stranger.status_code, held(weavers, ann), held(weavers, bea)) == (409, 1, 1)
    assert "No member has the reference M-NOBODY." in stranger.content.decode()


def test_a_certificate_is_a_page_and_a_tagged_pdf(desk, weavers, cast):
    ann, _ = cast
    with acting_in(weavers):
        allot(ann)

    page = desk.get("/weavers/shares/membership/certificates/1/").content.decode()
    file = desk.get("/weavers/shares/membership/certificates/1/certificate.pdf")

    assert ("Ann Ash" in page, "1 share of £1.00 each" in page) == (True, True)
    with pikepdf.open(io.BytesIO(file.content)) as pdf, pdf.open_metadata() as about:
        assert (about["pdfuaid:part"], about["dc:title"], len(pdf.pages)) == ("1", "Share certificate 1", 1)


def test_a_member_sees_their_own_share_and_no_other(client, weavers, member, cast):
    ann, bea = cast
    with acting_in(weavers):
        link_login(membership=ann, user=member, by="tests", at=NOON)
        allot(ann, bea)
    client.force_login(member)

    page = client.get("/weavers/shares/mine/").content.decode()
    file = client.get("/weavers/shares/mine/certificates.pdf")

    assert "Download your certificate (PDF)" in page
    assert "Bea Birch" not in page
    with pikepdf.open(io.BytesIO(file.content)) as pdf:
        assert len(pdf.pages) == 1
    assert client.get("/weavers/shares/").status_code == 403
    assert client.get("/weavers/shares/membership/certificates/2/").status_code == 403


def test_a_member_without_a_share_reads_why(client, weavers, member, cast):
    client.force_login(member)
    stranger = client.get("/weavers/shares/mine/").content.decode()
    with acting_in(weavers):
        link_login(membership=cast[0], user=member, by="tests", at=NOON)
    empty = client.get("/weavers/shares/mine/").content.decode()

    assert "This login belongs to no member" in stranger
    assert "You hold no share yet" in empty
    assert client.get("/weavers/shares/mine/certificates.pdf").status_code == 302


@pytest.mark.parametrize(
    "address", ["entries/S-NOTHIN", "holders/M-NOTHING", "gold/without", "membership/certificates/9"]
)
def test_what_is_not_there_is_not_found(desk, weavers, cast, address):
    assert desk.get(f"/weavers/shares/{address}/").status_code == 404


def test_the_register_asks_the_database_as_often_for_three_holders_as_for_one(desk, weavers):
    with acting_in(weavers):
        adopt_society()
        allot(make_member("Ann Ash"))
    with CaptureQueriesContext(connection) as for_one:
        desk.get("/weavers/shares/")

    with acting_in(weavers):
        allot(*make_members(2))
    with CaptureQueriesContext(connection) as for_three:
        desk.get("/weavers/shares/")

    assert len(for_three) == len(for_one)


def test_a_long_register_comes_in_pages_and_whole_to_print(desk, weavers, monkeypatch):
    monkeypatch.setattr("shares.views.ledger.A_PAGE", 2)
    with acting_in(weavers):
        adopt_society()
        allot(*make_members(3))

    first, second, whole = (desk.get(f"/weavers/shares/{query}") for query in ("", "?page=2", "?whole=yes"))

    shown = [[line.number for line in page.context["holdings"]] for page in (first, second, whole)]
    assert shown == [[1, 2], [3], [1, 2, 3]]
