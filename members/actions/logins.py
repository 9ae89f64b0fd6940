"""The login of a member: it opens with the membership and closes with the last."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from mutualgov.access.actions import end_role, grant_role
from mutualgov.access.models import RoleGrant
from mutualgov.access.permissions import Role
from mutualgov.access.queries import grants_on
from mutualgov.accounts.models import User
from mutualgov.audit.actions import record
from mutualgov.core.clock import uk_date
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.scope import current_mutual

from .. import queries
from ..models import Membership, Person


class LoginRefused(Refusal):
    """The login cannot be linked to the person."""


@transaction.atomic
def link_login(*, membership: Membership, user: User, by: Any, at: datetime) -> Person:
    """Let a login act for the person who holds a membership, and enter the mutual as a member.

    A login acts for one person in a mutual. Raises LoginRefused.
    """
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    other = Person.objects.filter(login=user).exclude(pk=person.pk).first()
    if other is not None:
        raise LoginRefused(f"{user} already signs in for another person here ({other.reference}).", rule="one login")
    if person.login_id not in (None, user.pk):
        raise LoginRefused(f"{person.reference} already signs in by another login. Unlink that one first.")
    person.login = membership.person.login = user
    person.save(update_fields=("login",))
    record("members.login_linked", person, by=by, at=at, login=user.pk)
    open_the_door(person, by=by, at=at)
    return person


def open_the_door(person: Person, *, by: Any, at: datetime) -> None:
    """A login whose person belongs, now or soon, holds the role of member."""
    today = uk_date(at)
    ahead = [held for held in person.memberships.all() if held.ceased_on is None or held.ceased_on > today]
    if not ahead or person.login is None:
        return
    from_on = max(today, min(held.joined_on for held in ahead))
    if not grants_on(from_on).filter(user=person.login, mutual=current_mutual(), role=Role.MEMBER).exists():
        grant_role(user=person.login, role=Role.MEMBER, from_on=from_on, by=by, at=at)


def close_the_door(membership: Membership, *, by: Any, at: datetime) -> None:
    """A login whose last membership ends loses the role of member with it."""
    person, ceased_on = membership.person, membership.ceased_on
    if person.login is None or ceased_on is None:
        return
    if person.memberships.filter(queries.running_on(ceased_on)).exists():
        return
    for grant in RoleGrant.objects.filter(
        user=person.login, mutual=current_mutual(), role=Role.MEMBER, until_on__isnull=True
    ):
        end_role(grant=grant, last_on=ceased_on - timedelta(days=1), by=by, at=at)
