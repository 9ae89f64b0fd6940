"""A scrutineer whose grant can be looked at and ended."""

from datetime import date

from mutualgov.access.actions import grant_role
from mutualgov.access.permissions import Role
from mutualgov.accounts.models import User
from mutualgov.tenancy.models import Mutual
from tests.conftest import NOON


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    user = User.objects.create_user(f"scrutineer@{mutual.key}.example", name="Sol Scrutineer")
    grant = grant_role(user=user, role=Role.SCRUTINEER, from_on=date(2026, 1, 1), by="tests", at=NOON)
    return {name: {"reference": grant.reference} for name in ("office:role", "office:role-end")}
