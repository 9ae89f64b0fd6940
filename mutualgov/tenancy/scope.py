"""Which mutual the running code acts in.

django-scopes keeps it in a context variable, which follows tasks, threads and coroutines. On PostgreSQL the same answer
is pinned to every transaction as ``app.mutual``, and row-level security enforces it below Django.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from django.db import connection, connections, transaction
from django_scopes import get_scope, scope
from django_scopes.exceptions import ScopeError

if TYPE_CHECKING:
    from .models import Mutual

__all__ = ["ScopeError", "acting_in", "current_mutual", "current_mutual_id", "pin", "reading_in", "scoped_mutual_id"]


def current_mutual() -> "Mutual":
    """The mutual in scope. Raises ScopeError where there is none."""
    mutual = get_scope().get("mutual")
    if mutual is None:
        raise ScopeError("No mutual is in scope here: wrap the code in acting_in(mutual).")
    return mutual


def current_mutual_id() -> int:
    """Key of the mutual in scope; the default of every tenant row's ``mutual``."""
    return current_mutual().pk


def scoped_mutual_id() -> int | None:
    """Key of the mutual in scope, or None; for code that must work with none."""
    mutual = get_scope().get("mutual")
    return mutual.pk if mutual is not None else None


@contextmanager
def acting_in(mutual: "Mutual") -> Iterator["Mutual"]:
    """Act in one mutual: its rows are visible and new rows are its own.

    May be entered inside an open transaction, and left again: each database connection is re-pinned both times.
    """
    try:
        with scope(mutual=mutual):
            _pin_open_transactions()
            yield mutual
    finally:
        _pin_open_transactions()


def pin(connection: Any) -> None:
    """Tell PostgreSQL, for this transaction only, which mutual is in scope. Other databases have nothing to tell."""
    if connection.vendor != "postgresql":
        return
    if connection.connection.info.transaction_status.name == "INERROR":
        return  # the coming rollback restores the setting by itself
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.mutual', %s, true)", [str(scoped_mutual_id() or "")])


def _pin_open_transactions() -> None:
    for opened in connections.all(initialized_only=True):
        if opened.in_atomic_block and opened.connection is not None:
            pin(opened)


@contextmanager
def reading_in(mutual: "Mutual") -> Iterator["Mutual"]:
    """Act in one mutual to read only, over one state of the database.

    PostgreSQL shows a mutual's rows only inside a transaction; SQLite would lock out every writer with one.
    """
    with acting_in(mutual), nullcontext() if connection.vendor == "sqlite" else transaction.atomic():
        yield mutual
