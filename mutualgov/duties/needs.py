"""What needs a person now: each room says its part, the landing page prints it.

A room registers a function that looks at who is asking and returns what they must do, in plain words:

    @tells_needs
    def votes_to_cast(asker):
        return [Need("Vote in the staff governor election", url, due_at, "You have until 5pm on Friday 12 June 2026.")]
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from mutualgov.access.permissions import Role
from mutualgov.accounts.models import User
from mutualgov.core.rulings import Refusal


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is looking: the login, its roles in the mutual in scope, and the moment."""

    user: User
    roles: frozenset[Role]
    at: datetime


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do.

    title   what to do, starting with a verb
    url     where to do it
    due_at  by when, or None
    hint    one sentence: why, or by when in words
    """

    title: str
    url: str
    due_at: datetime | None = None
    hint: str = ""


NO_DATE = datetime.max.replace(tzinfo=UTC)
NeedTeller = Callable[[Asker], Iterable[Need]]
_tellers: list[NeedTeller] = []


def tells_needs(teller: NeedTeller) -> NeedTeller:
    """Register a room's function."""
    _tellers.append(teller)
    return teller


def needs_of(asker: Asker) -> list[Need]:
    """Everything that needs this person now; what falls due first comes first, what has no date last."""
    found = [need for teller in _tellers for need in _told(teller, asker)]
    return sorted(found, key=lambda need: (need.due_at or NO_DATE, need.title))


def _told(teller: NeedTeller, asker: Asker) -> list[Need]:
    """What one room says. A room that refuses to answer, as before a constitution is in force, needs nothing yet."""
    try:
        return list(teller(asker))
    except Refusal:
        return []
