"""Who an addressee is: names and addresses are looked up when a notice is sent, never kept in it.

Logins are known here. A room above registers how its references are found:

    @finds_addressee
    def member(reference: str) -> Addressee | None:
        ...
"""

from collections.abc import Callable
from dataclasses import dataclass

from mutualgov.accounts.models import User


@dataclass(frozen=True, slots=True)
class Addressee:
    """What to call somebody, and where mail reaches them; an empty address where none is known."""

    name: str
    email: str


AddresseeFinder = Callable[[str], Addressee | None]
_finders: list[AddresseeFinder] = []


def finds_addressee(finder: AddresseeFinder) -> AddresseeFinder:
    """Register how references of one kind are found; the function returns None for those of another."""
    _finders.append(finder)
    return finder


def addressee_of(reference: str) -> Addressee | None:
    """The addressee of a reference; None where nobody knows it any more."""
    if reference.startswith("login:"):
        user = User.objects.filter(pk=reference.removeprefix("login:"), is_active=True).first()
        return Addressee(user.get_full_name(), user.email) if user else None
    return next((found for finder in _finders if (found := finder(reference))), None)
