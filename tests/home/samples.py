"""Rows of the front of house in a mutual, over which the sweeps look for leaks."""

from mutualgov.access.actions import grant_role_by_email
from mutualgov.access.permissions import Role
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    """Arguments by name of address: a grant, and the entry of the audit chain that it left."""
    with acting_in(mutual):
        grant = grant_role_by_email(
            email=f"sam.sample@{mutual.key}.example.org",
            name="Sam Sample",
            role=Role.SCRUTINEER,
            from_on=TODAY,
            by="tests",
            at=NOON,
        )
    role = {"reference": grant.reference}
    return {"office:role": role, "office:role-end": role, "office:audit-entry": {"number": "1"}}
