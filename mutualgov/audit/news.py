"""News for upper rooms: each listener reads the chain in order, from its own bookmark.

A lower room never calls an upper one. It records a fact; after the commit the listeners of that fact are told. The
bookmark moves in the same transaction as what the listener did, so a listener that was interrupted is told again and
one that finished is not: each fact has its effect exactly once, in order, whatever was killed in between. What a commit
could not deliver, ``deliver_everywhere`` does at start-up and on every tick of the clock.
"""

from collections.abc import Callable

from django.db import transaction

from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in

from .models import AuditEntry, Bookmark

Listener = Callable[[AuditEntry], None]
_listeners: dict[str, tuple[frozenset[str], Listener]] = {}


def listens_to(*actions: str) -> Callable[[Listener], Listener]:
    """Register a function of an upper room to be told of facts: ``@listens_to("election.declared")``."""

    def register(listener: Listener) -> Listener:
        _listeners[f"{listener.__module__}.{listener.__qualname__}"] = (frozenset(actions), listener)
        return listener

    return register


def has_listener(action: str) -> bool:
    return any(action in actions for actions, _ in _listeners.values())


def deliver(mutual: Mutual) -> int:
    """Tell every listener what it has not heard; returns how many facts were told."""
    told = 0
    with acting_in(mutual):
        for name in sorted(_listeners):
            told += _catch_up(name)
    return told


def deliver_everywhere() -> int:
    """Tell every listener of every mutual what a crash may have left untold."""
    return sum(deliver(mutual) for mutual in Mutual.objects.all())


@transaction.atomic
def _catch_up(name: str) -> int:
    actions, listener = _listeners[name]
    Bookmark.objects.get_or_create(listener=name)
    bookmark = Bookmark.objects.select_for_update().get(listener=name)
    untold = list(AuditEntry.objects.filter(number__gt=bookmark.number, action__in=actions).order_by("number"))
    for entry in untold:
        listener(entry)
    if untold:
        bookmark.number = untold[-1].number
        bookmark.save(update_fields=("number",))
    return len(untold)
