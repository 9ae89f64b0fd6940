"""Granting roles and ending them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from mutualgov.accounts.actions import make_login
from mutualgov.accounts.models import User
from mutualgov.accounts.queries import login_of
from mutualgov.audit.actions import record
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import current_mutual

from .models import RoleGrant
from .permissions import Role
from .queries import grants_between, grants_on

RULE = "access.roles"


class RoleRefused(Refusal):
    """The role cannot be granted or ended."""


@transaction.atomic
def grant_role(
    *, user: User, role: Role, from_on: date, by: Any, at: datetime, until_on: date | None = None
) -> RoleGrant:
    """Give a login a role in the mutual in scope, from a date, until a date or until further notice.

    Raises RoleRefused where the last day is before the first, or where the login holds the role on any of those days.
    """
    mutual = _one_change_at_a_time()
    if until_on and until_on < from_on:
        raise RoleRefused(f"The last day, {until_on:%-d %B %Y}, is before the first, {from_on:%-d %B %Y}.", rule=RULE)
    held = grants_between(from_on, until_on).filter(user=user, mutual=mutual, role=role).first()
    if held:
        raise RoleRefused(f"{user} is {role.label.lower()} already: {held.period}.", rule=RULE)
    grant = RoleGrant.objects.create(user=user, mutual=mutual, role=role, from_on=from_on, until_on=until_on)
    record(
        "access.role_granted",
        grant,
        by=by,
        at=at,
        role=role.value,
        login=user.pk,
        from_on=from_on.isoformat(),
        until_on=until_on.isoformat() if until_on else None,
    )
    return grant


@transaction.atomic
def grant_role_by_email(
    *, email: str, name: str, role: Role, from_on: date, by: Any, at: datetime, until_on: date | None = None
) -> RoleGrant:
    """Give a role to whoever has an e-mail address. An address without a login gets one, which it proves on first use.

    name  what to call a new login; an existing one keeps its own
    """
    user = login_of(email) or make_login(email=email, name=name, verified=False)
    return grant_role(user=user, role=role, from_on=from_on, until_on=until_on, by=by, at=at)


@transaction.atomic
def end_role(*, grant: RoleGrant, last_on: date, by: Any, at: datetime) -> RoleGrant:
    """End a role with a last day. A grant that has not begun by then ends on the day it would have begun.

    Raises RoleRefused where it has ended already, and when the last secretary would go: somebody must be able to grant
    the next.
    """
    mutual = _one_change_at_a_time()
    grant = RoleGrant.objects.select_related("user").get(pk=grant.pk, mutual=mutual)
    if grant.until_on and grant.until_on <= last_on:
        raise RoleRefused(f"This role ends on {grant.until_on:%-d %B %Y} already.", rule=RULE)
    if grant.role == Role.SECRETARY and not _another_secretary(grant, on=last_on + timedelta(days=1)):
        raise RoleRefused(
            f"{grant.user} is the only secretary. Grant the role to somebody else first, then end this one.", rule=RULE
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
        last_on=grant.until_on.isoformat(),
    )
    return grant


def _one_change_at_a_time() -> Mutual:
    """Lock the mutual's row: two secretaries who end each other's role at once must not both succeed."""
    return Mutual.objects.select_for_update().get(pk=current_mutual().pk)


def _another_secretary(grant: RoleGrant, *, on: date) -> bool:
    others = grants_on(on).filter(mutual=grant.mutual, role=Role.SECRETARY, user__is_active=True)
    return others.exclude(user=grant.user).exists()
