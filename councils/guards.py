"""The database's own word on seats: no seat is held by two on the same day.

PostgreSQL says it by an exclusion constraint over the terms, which holds against two writers at once. SQLite has no
such constraint, but one writer at a time: a trigger says the same. A term that ended on the day it began was never
served and stands in nobody's way.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections, router

from mutualgov.tenancy import GUARD_PREFIX

NAME = f"{GUARD_PREFIX}one_holder_at_a_time"
NEVER = "'9999-12-31'"


def guard_terms(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate. Runs again without harm."""
    from .models import Term

    connection, table = connections[using], Term._meta.db_table
    if not router.allow_migrate_model(using, Term) or table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _exclude_overlaps(cursor, table)
        elif connection.vendor == "sqlite":
            _refuse_overlaps(cursor, table)


def _exclude_overlaps(cursor: Any, table: str) -> None:
    cursor.execute("select 1 from pg_constraint where conrelid = %s::regclass and conname = %s", [f'"{table}"', NAME])
    if cursor.fetchone() is None:
        cursor.execute("create extension if not exists btree_gist")
        cursor.execute(
            f'alter table "{table}" add constraint "{NAME}" exclude using gist '
            "(seat_id with =, daterange(from_on, coalesce(ended_on, until_on + 1)) with &&)"
        )


def _refuse_overlaps(cursor: Any, table: str) -> None:
    def over(row: str) -> str:
        return f"coalesce({row}.ended_on, date({row}.until_on, '+1 day'), {NEVER})"

    for event in ("insert", "update"):
        cursor.execute(
            f'create trigger if not exists "{NAME}_{event}" before {event} on "{table}" '
            f"when new.from_on < {over('new')} and exists ("
            f'select 1 from "{table}" as held where held.seat_id = new.seat_id and held.id is not new.id '
            f"and held.from_on < {over('held')} and held.from_on < {over('new')} and new.from_on < {over('held')}) "
            f"begin select raise(abort, '{NAME}: a seat has one holder at a time'); end"
        )
