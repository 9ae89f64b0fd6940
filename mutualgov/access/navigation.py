"""The sections of a mutual's pages, and hanging each room under its mutual's address.

Each room names its sections beside its addresses, in ``urls.py``:

    NAVIGATION = [NavItem("Register", "members:register", permissions.SEE_REGISTER)]

The roof lists the rooms once (``hang_rooms``); a login is shown the sections it may enter.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, include, path, reverse

from mutualgov.tenancy.models import Mutual

from .permissions import Permission, Role
from .queries import may


class NavItem(NamedTuple):
    """One section: what it is called, where it begins, who may enter."""

    label: str
    url_name: str
    permission: Permission


class Section(NamedTuple):
    """A section as one page shows it."""

    label: str
    url: str
    current: bool


_items: list[NavItem] = []


def hang_rooms(*modules: str) -> list[URLPattern | URLResolver]:
    """Address patterns of the rooms under ``/<mutual>/``; their NAVIGATION becomes the mutual's, in the order given."""
    rooms = [import_module(name) for name in modules]
    _items[:] = [NavItem(*item) for room in rooms for item in getattr(room, "NAVIGATION", [])]
    return [path("<slug:mutual>/", include([path("", include(room)) for room in rooms]))]


def sections(mutual: Mutual, *, roles: frozenset[Role], at_path: str) -> list[Section]:
    """The sections that the roles may enter. The one whose address the page's own begins with is current."""
    found = [
        (item.label, reverse(item.url_name, kwargs={"mutual": mutual.key}))
        for item in _items
        if may(roles, item.permission)
    ]
    here = _longest_start(at_path, (url for _, url in found))
    return [Section(label, url, url == here) for label, url in found]


def _longest_start(at_path: str, urls: Iterable[str]) -> str:
    """The most particular address under which a path lies; a mutual's first page is only itself."""
    return max(
        (url for url in urls if at_path == url or (url.count("/") > 2 and at_path.startswith(url))), key=len, default=""
    )
