"""Granting roles and ending them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from mutualgov.accounts.models import User
from mutualgov.audit.actions import record
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.scope import current_mutual

from .models import RoleGrant
from .permissions import Role
from .queries import grants_on


class RoleRefused(Refusal):
    """The role cannot be granted or ended."""


@transaction.atomic
def grant_role(
    *, user: User, role: Role, from_on: date, by: Any, at: datetime, until_on: date | None = None
) -> RoleGrant:
    """Give a login a role in the mutual in scope, from a date, until a date or until further notice.

    Raises RoleRefused where it already holds the role on ``from_on``.
    """
    mutual = current_mutual()
    if grants_on(from_on).filter(user=user, mutual=mutual, role=role).exists():
        raise RoleRefused(f"{user} is already {role.label.lower()} on {from_on:%-d %B %Y}.", rule="access.roles")
    grant = RoleGrant.objects.create(user=user, mutual=mutual, role=role, from_on=from_on, until_on=until_on)
    record(
        "access.role_granted",
        grant,
        by=by,
        at=at,
        role=role.value,
        login=user.pk,
        from_on=from_on.isoformat(),
    )
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, last_on: date, by: Any, at: datetime) -> RoleGrant:
    """End a role with a last day. A grant that has not begun by then ends on the day it would have begun.

    Raises RoleRefused when the last secretary would go: somebody must be able to grant the next.
    """
    following = last_on + timedelta(days=1)
    left = grants_on(following).filter(mutual=grant.mutual, role=Role.SECRETARY).exclude(pk=grant.pk)
    if grant.role == Role.SECRETARY and not left.exists():
        raise RoleRefused(
            "This is the only secretary. Grant the role to somebody else first, then end this one.",
            rule="access.roles",
        )
    grant.until_on = max(last_on, grant.from_on)
    grant.save(update_fields=("until_on",))
    record(
        "access.role_ended",
        grant,
        by=by,
        at=at,
        role=grant.role,
        login=grant.user_id,
        last_on=last_on.isoformat(),
    )
    return grant
