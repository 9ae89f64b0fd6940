"""Which roles a login holds, and where."""

from datetime import date

from django.db.models import Q, QuerySet

from mutualgov.accounts.models import User
from mutualgov.tenancy.models import Mutual

from .models import RoleGrant
from .permissions import Permission, Role


def grants_on(on: date) -> "QuerySet[RoleGrant]":
    """Grants that run on a date."""
    return RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)


def grants_between(from_on: date, until_on: date | None) -> "QuerySet[RoleGrant]":
    """Grants that run on any day of a period; open-ended where ``until_on`` is None."""
    running = RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on))
    return running.filter(from_on__lte=until_on) if until_on else running


def roles_of(user: User, *, mutual: Mutual, on: date) -> frozenset[Role]:
    """Roles that a login holds in a mutual on a date; none for a stranger."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(
        Role(role) for role in grants_on(on).filter(user=user, mutual=mutual).values_list("role", flat=True)
    )


def mutuals_of(user: User, *, on: date) -> "QuerySet[Mutual]":
    """Mutuals that a login may enter on a date."""
    return Mutual.objects.filter(pk__in=grants_on(on).filter(user=user).values("mutual"))


def role_holders(mutual: Mutual, *, on: date) -> "QuerySet[RoleGrant]":
    """Who holds which role in a mutual on a date."""
    return grants_on(on).filter(mutual=mutual).select_related("user").order_by("role", "user__name", "user__email")


def may(roles: frozenset[Role], access: Permission) -> bool:
    """Whether any of the roles holds the permission."""
    return access.public or access.signed_in or bool(roles & access.roles)


def grants_in(mutual: Mutual) -> "QuerySet[RoleGrant]":
    """Every grant that was ever made in a mutual, the latest first."""
    return RoleGrant.objects.filter(mutual=mutual).select_related("user").order_by("-from_on", "-pk")
