"""Roles begin and end on dates, and somebody can always grant the next one."""

from datetime import date

import pytest

from mutualgov.access.actions import RoleRefused, end_role, grant_role
from mutualgov.access.models import RoleGrant
from mutualgov.access.permissions import Role, permission
from mutualgov.access.queries import mutuals_of, roles_of
from mutualgov.audit.models import AuditEntry
from tests.conftest import NOON


def test_a_role_runs_from_its_first_day_to_its_last(in_weavers, member):
    grant = grant_role(
        user=member, role=Role.CHAIR, from_on=date(2026, 6, 10), until_on=date(2026, 6, 20), by=member, at=NOON
    )

    held = {day: Role.CHAIR in roles_of(member, mutual=in_weavers, on=date(2026, 6, day)) for day in (9, 10, 20, 21)}

    assert held == {9: False, 10: True, 20: True, 21: False}
    assert str(grant.role_label) == "Chair"


def test_a_role_is_not_granted_twice(in_weavers, secretary):
    with pytest.raises(RoleRefused, match=r"^Wanda Warp is secretary already: from 1 January 2020 until"):
        grant_role(user=secretary, role=Role.SECRETARY, from_on=date(2026, 6, 1), by=secretary, at=NOON)


def test_the_last_secretary_cannot_go(in_weavers, secretary):
    with pytest.raises(RoleRefused, match="only secretary"):
        end_role(grant=RoleGrant.objects.get(user=secretary), last_on=date(2026, 6, 30), by=secretary, at=NOON)


def test_a_secretary_with_a_successor_can_go(in_weavers, secretary, member):
    grant_role(user=member, role=Role.SECRETARY, from_on=date(2026, 7, 1), by=secretary, at=NOON)

    end_role(
        grant=RoleGrant.objects.get(user=secretary, role="secretary"), last_on=date(2026, 6, 30), by=secretary, at=NOON
    )

    assert roles_of(secretary, mutual=in_weavers, on=date(2026, 7, 1)) == frozenset()
    assert AuditEntry.objects.latest("number").action == "access.role_ended"


def test_a_login_may_serve_several_mutuals(weavers, bakers, secretary):
    RoleGrant.objects.create(user=secretary, mutual=bakers, role="member", from_on=date(2026, 1, 1))

    assert list(mutuals_of(secretary, on=date(2026, 6, 1))) == [bakers, weavers]
    assert roles_of(secretary, mutual=bakers, on=date(2026, 6, 1)) == {Role.MEMBER}


def test_a_permission_is_declared_once_and_held_by_somebody():
    with pytest.raises(ValueError, match="declared twice"):
        permission("access.see_roles", "Again", {Role.MEMBER})
    with pytest.raises(ValueError, match="nobody would hold"):
        permission("tests.orphan", "Orphan")
