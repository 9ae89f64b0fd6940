"""Roles are given to logins and end on a day; the last secretary stays."""

from datetime import date, timedelta

import pytest

from mutualgov.access.actions import RoleRefused, end_role, grant_role, grant_role_by_email
from mutualgov.access.models import RoleGrant
from mutualgov.access.permissions import Role
from mutualgov.access.queries import roles_of
from mutualgov.accounts.models import User
from mutualgov.audit.queries import chain_faults
from mutualgov.core.clock import now, uk_date
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY, make_login

ROLES = "/weavers/roles/"


def day(field: str, on: date) -> dict[str, str]:
    return {f"{field}_day": str(on.day), f"{field}_month": str(on.month), f"{field}_year": str(on.year)}


def asked(**changes: str) -> dict[str, str]:
    return {"email": "rita@example.org", "name": "Rita Reed", "role": "returning_officer"} | changes


def test_the_page_lists_who_holds_what(client, weavers, secretary, member, bakers_secretary):
    client.force_login(secretary)

    page = client.get(ROLES).text

    assert "Wanda Warp" in page
    assert "Wes Weft" in page
    assert "Berta" not in page


def test_members_do_not_see_the_roles(client, member):
    client.force_login(member)

    assert client.get(ROLES).status_code == 403


def test_a_role_for_a_new_address_makes_an_invited_login(client, weavers, secretary):
    client.force_login(secretary)
    today = uk_date(now())

    answer = client.post(ROLES + "grant/", asked() | day("from_on", today))

    assert (answer.status_code, answer.url) == (302, ROLES)
    rita = User.objects.get(email="rita@example.org")
    assert rita.name == "Rita Reed"
    assert not rita.has_usable_password()
    assert not rita.emailaddress_set.get().verified
    assert roles_of(rita, mutual=weavers, on=today) == {Role.RETURNING_OFFICER}


def test_a_role_for_a_known_address_goes_to_its_login(in_weavers, bakers_member):
    grant = grant_role_by_email(
        email=" Bo.Bap@Example.org ", name="Somebody Else", role=Role.SCRUTINEER, from_on=TODAY, by="tests", at=NOON
    )

    assert grant.user == bakers_member
    assert User.objects.get(pk=bakers_member.pk).name == "Bo Bap"


def test_what_is_missing_is_said_beside_its_field(client, secretary):
    client.force_login(secretary)

    answer = client.post(ROLES + "grant/", {"email": "rita"})

    assert answer.status_code == 422
    for sentence in ("Enter a valid email address.", "Enter the person’s name.", "Choose a role.", "Enter the date."):
        assert sentence in answer.text
    assert RoleGrant.objects.count() == 1


def test_the_same_role_twice_over_is_refused(in_weavers, member):
    with pytest.raises(RoleRefused, match="Wes Weft is member already: from 1 January 2020 until further notice"):
        grant_role(user=member, role=Role.MEMBER, from_on=TODAY, by="tests", at=NOON)


def test_a_role_later_on_overlaps_with_none_that_ends_before(in_weavers, member):
    grant = RoleGrant.objects.get(user=member)
    end_role(grant=grant, last_on=TODAY, by="tests", at=NOON)

    again = grant_role(user=member, role=Role.MEMBER, from_on=TODAY + timedelta(days=1), by="tests", at=NOON)

    assert again.period == "from 2 June 2026 until further notice"
    assert chain_faults() == []


def test_the_last_secretary_stays(client, weavers, secretary):
    client.force_login(secretary)
    grant = RoleGrant.objects.get(user=secretary)

    answer = client.post(f"{ROLES}{grant.reference}/end/", day("last_on", uk_date(now())))

    assert answer.status_code == 409
    assert "Wanda Warp is the only secretary. Grant the role to somebody else first, then end this one." in answer.text
    grant.refresh_from_db()
    assert grant.until_on is None


def test_a_secretary_may_go_when_another_is_there(client, weavers, secretary):
    make_login("Willa Woof", weavers, Role.SECRETARY)
    client.force_login(secretary)
    grant, today = RoleGrant.objects.get(user=secretary), uk_date(now())

    answer = client.post(f"{ROLES}{grant.reference}/end/", day("last_on", today))

    assert answer.status_code == 302
    assert roles_of(secretary, mutual=weavers, on=today) == {Role.SECRETARY}
    assert roles_of(secretary, mutual=weavers, on=today + timedelta(days=1)) == frozenset()


def test_a_second_grant_of_the_same_person_is_no_other_secretary(in_weavers, secretary):
    current = RoleGrant.objects.get(user=secretary)
    RoleGrant.objects.create(
        user=secretary, mutual=in_weavers, role=Role.SECRETARY, from_on=TODAY, until_on=TODAY + timedelta(days=9)
    )

    with pytest.raises(RoleRefused, match="only secretary"):
        end_role(grant=current, last_on=TODAY, by="tests", at=NOON)


def test_a_role_ends_on_a_day_that_is_still_to_come(client, weavers, secretary, member):
    client.force_login(secretary)
    grant = RoleGrant.objects.get(user=member)

    answer = client.post(f"{ROLES}{grant.reference}/end/", day("last_on", date(2021, 1, 1)))

    assert answer.status_code == 422
    assert "A role cannot end in the past" in answer.text


def test_a_grant_keeps_its_history(client, weavers, secretary, member):
    grant = RoleGrant.objects.get(user=member)
    with acting_in(weavers):
        end_role(grant=grant, last_on=TODAY, by=secretary, at=NOON)
    client.force_login(secretary)

    page = client.get(f"{ROLES}{grant.reference}/").text

    assert "Wes Weft was given the role of member from 1 January 2020" in page
    assert "Wes Weft’s role of member ends; its last day is 1 June 2026." in page


def test_another_mutuals_grant_is_not_found(client, weavers, secretary, bakers_member):
    client.force_login(secretary)
    theirs = RoleGrant.objects.get(user=bakers_member)

    assert client.get(f"{ROLES}{theirs.reference}/").status_code == 404
    assert client.post(f"{ROLES}{theirs.reference}/end/", day("last_on", uk_date(now()))).status_code == 404
