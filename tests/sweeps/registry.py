"""Everything there is, read from Django itself, so that a new page is swept on its first day."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from mutualgov.access.permissions import Permission, Role
from mutualgov.access.views import MutualView, SiteView
from mutualgov.tenancy.models import Mutual

#: Address books of well-kept packages; they guard their own pages and know nothing of mutuals.
GUARDED_BY_THEIR_PACKAGE = ("allauth.", "django.views.static", "django.contrib.staticfiles", "django.views.i18n")
ROOMS_WITH_SAMPLES = ("constitution", "members", "shares", "voting", "councils", "audit", "access", "notices", "home")


@dataclass(frozen=True)
class Route:
    """One address: its name, its view, and how to fill it in for a mutual."""

    name: str
    view: Callable[..., Any]
    arguments: frozenset[str]

    def __str__(self) -> str:
        return self.name

    @property
    def view_class(self) -> type | None:
        return getattr(self.view, "view_class", None)

    @property
    def access(self) -> Permission | None:
        return getattr(self.view_class, "access", None)

    @property
    def methods(self) -> list[str]:
        return [m for m in ("get", "post") if hasattr(self.view_class, m)]

    @property
    def is_of_a_mutual(self) -> bool:
        return "mutual" in self.arguments

    def url_in(self, mutual: Mutual, samples: dict[str, dict[str, str]]) -> str:
        """The address in one mutual, about a thing that is really there."""
        given = samples.get(self.name, {})
        missing = self.arguments - {"mutual"} - set(given)
        if missing:
            raise LookupError(f"{self.name} needs samples for {sorted(missing)}: add them to the room's samples.py")
        try:
            return reverse(self.name, kwargs={"mutual": mutual.key, **given})
        except NoReverseMatch as error:
            raise LookupError(f"{self.name} cannot be filled in with {given}") from error


def all_routes() -> Iterator[Route]:
    yield from _walk(get_resolver(), "", frozenset())


def mutual_routes() -> list[Route]:
    return sorted((r for r in all_routes() if r.is_of_a_mutual), key=str)


def site_routes() -> list[Route]:
    return sorted(
        (
            r
            for r in all_routes()
            if not r.is_of_a_mutual and not r.view.__module__.startswith(GUARDED_BY_THEIR_PACKAGE)
        ),
        key=str,
    )


def _walk(resolver: URLResolver, namespace: str, above: frozenset[str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        arguments = above | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, arguments)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}", entry.callback, frozenset(arguments))


def samples_in(mutual: Mutual) -> dict[str, dict[str, str]]:
    """Rows to visit in a mutual, made by every room's ``samples``; call it with the mutual in scope."""
    found: dict[str, dict[str, str]] = {}
    for room in ROOMS_WITH_SAMPLES:
        if (make := _samples_of(room)) is not None:
            found |= make(mutual)
    return found


@cache
def _samples_of(room: str) -> Callable[[Mutual], dict[str, dict[str, str]]] | None:
    try:
        return importlib.import_module(f"tests.{room}.samples").samples
    except ModuleNotFoundError as error:
        if error.name not in {f"tests.{room}", f"tests.{room}.samples"}:
            raise
        return None


def role_with(access: Permission) -> Role | None:
    """A role that holds a permission; the least of them first."""
    order = [Role.MEMBER, Role.SCRUTINEER, Role.CHAIR, Role.RETURNING_OFFICER, Role.SECRETARY]
    return next((role for role in order if role in access.roles), None)


def role_without(access: Permission) -> Role | None:
    """A role of the mutual that does not hold a permission."""
    return next((role for role in Role if role not in access.roles), None)


def is_declared(view_class: type | None) -> bool:
    return view_class is not None and issubclass(view_class, MutualView | SiteView)
