"""Permissions and the roles that hold them.

Each room declares its own in its ``permissions.py``, with the roles that hold it:

    SEE_REGISTER = permission("members.see_register", "See the register of members", {Role.SECRETARY, Role.MEMBER})

so that a room can be read on its own, and the list of everything that may be done is still in one place at run time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a login may be in a mutual, each from a date until a date."""

    SECRETARY = "secretary"
    RETURNING_OFFICER = "returning_officer"
    SCRUTINEER = "scrutineer"
    CHAIR = "chair"
    MEMBER = "member"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


OFFICERS = frozenset({Role.SECRETARY, Role.RETURNING_OFFICER, Role.SCRUTINEER, Role.CHAIR})
EVERYONE_INSIDE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Permission:
    """Something a login may be allowed to do.

    name    room and verb: "members.see_register"
    label   the same for a person
    roles   who holds it in a mutual; empty with ``public`` or ``signed_in``
    public  anyone, signed in or not
    signed_in  any login, whatever its mutuals; for pages outside a mutual
    operators  site operators; for pages outside a mutual
    """

    name: str
    label: str
    roles: frozenset[Role] = frozenset()
    public: bool = False
    signed_in: bool = False
    operators: bool = False

    def __str__(self) -> str:
        return self.name


_declared: dict[str, Permission] = {}


def permission(name: str, label: str, roles: Collection[Role] = (), **kind: bool) -> Permission:
    """Declare a permission once; a second one of the same name is a mistake."""
    if name in _declared:
        raise ValueError(f"permission {name} is declared twice")
    if not roles and not any(kind.values()):
        raise ValueError(f"nobody would hold {name}")
    _declared[name] = Permission(name, label, frozenset(roles), **kind)
    return _declared[name]


def declared_permissions() -> tuple[Permission, ...]:
    """Everything that the imported rooms have declared, by name."""
    return tuple(_declared[name] for name in sorted(_declared))


PUBLIC = permission("site.public", "Open to anyone", public=True)
SIGNED_IN = permission("site.signed_in", "Any login", signed_in=True)
OPERATE_SITE = permission("site.operate", "Operate the site", operators=True)
SEE_MUTUAL = permission("access.see_mutual", "Enter the mutual", EVERYONE_INSIDE)
SEE_ROLES = permission("access.see_roles", "See who holds which role", OFFICERS)
GRANT_ROLES = permission("access.grant_roles", "Grant and end roles", {Role.SECRETARY})
