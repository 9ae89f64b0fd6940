"""What the page layouts ask of access: sections, roles in words, other mutuals."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mutualgov.accounts.queries import is_demonstration
from mutualgov.core.clock import now, uk_date

from .navigation import Section, sections
from .permissions import Role
from .queries import mutuals_of


def layout(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Each value is worked out only where a template asks for it."""
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "signed_in_roles": [role.label for role in sorted(_roles(request), key=list(Role).index)],
        "other_mutuals": SimpleLazyObject(lambda: _other_mutuals(request)),
        "demonstration": SimpleLazyObject(is_demonstration),
        "post_room": settings.EMBEDDED,
    }


def _roles(request: HttpRequest) -> frozenset[Role]:
    return getattr(request, "roles", frozenset())


def _navigation(request: HttpRequest) -> list[Section]:
    mutual = getattr(request, "mutual", None)
    return sections(mutual, roles=_roles(request), at_path=request.path) if mutual else []


def _other_mutuals(request: HttpRequest) -> list[tuple[str, str]]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    here = getattr(request, "mutual", None)
    return [
        (mutual.name, reverse("home:landing", kwargs={"mutual": mutual.key}))
        for mutual in mutuals_of(user, on=uk_date(now()))
        if mutual != here
    ]
