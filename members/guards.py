"""The database's own word on memberships: nobody holds two of one class on the same day.

PostgreSQL says it by an exclusion constraint over the periods, which holds against two writers at once. SQLite has no
such constraint, but one writer at a time: a trigger says the same.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections, router

from mutualgov.tenancy import GUARD_PREFIX

NAME = f"{GUARD_PREFIX}one_membership_at_a_time"


def guard_memberships(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate. Runs again without harm."""
    from .models import Membership

    connection = connections[using]
    if not router.allow_migrate_model(using, Membership):
        return
    if Membership._meta.db_table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _exclude_overlaps(cursor, Membership._meta.db_table)
        elif connection.vendor == "sqlite":
            _refuse_overlaps(cursor, Membership._meta.db_table)


def _exclude_overlaps(cursor: Any, table: str) -> None:
    cursor.execute("select 1 from pg_constraint where conrelid = %s::regclass and conname = %s", [f'"{table}"', NAME])
    if cursor.fetchone() is None:
        cursor.execute("create extension if not exists btree_gist")
        cursor.execute(
            f'alter table "{table}" add constraint "{NAME}" exclude using gist '
            "(mutual_id with =, person_id with =, class_key with =, daterange(joined_on, ceased_on) with &&)"
        )


def _refuse_overlaps(cursor: Any, table: str) -> None:
    never = "'9999-12-31'"
    for event in ("insert", "update"):
        cursor.execute(
            f'create trigger if not exists "{NAME}_{event}" before {event} on "{table}" '
            f"when new.joined_on < ifnull(new.ceased_on, {never}) and exists ("
            f'select 1 from "{table}" as held where held.mutual_id = new.mutual_id and held.person_id = new.person_id '
            f"and held.class_key = new.class_key and held.id is not new.id "
            f"and held.joined_on < ifnull(held.ceased_on, {never}) "
            f"and held.joined_on < ifnull(new.ceased_on, {never}) "
            f"and new.joined_on < ifnull(held.ceased_on, {never})) "
            f"begin select raise(abort, '{NAME}: a member holds one membership of a class at a time'); end"
        )
