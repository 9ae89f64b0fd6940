"""Altering the record behind the platform's back, as somebody with the database's password could."""

from typing import Any

from django.db import connection

from mutualgov.tenancy import GUARD_PREFIX

TABLE = "audit_auditentry"


def tamper(sql: str, *parameters: Any) -> None:
    """Run a statement with the append-only guard out of the way, and put the guard back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("set constraints all immediate")
            cursor.execute(f"alter table {TABLE} disable trigger {GUARD_PREFIX}append_only")
            cursor.execute(sql, parameters)
            cursor.execute(f"alter table {TABLE} enable trigger {GUARD_PREFIX}append_only")
            return
        guards = f"from sqlite_master where type = 'trigger' and tbl_name = '{TABLE}' and name like '{GUARD_PREFIX}%'"
        cursor.execute(f"select name, sql {guards}".replace("%", "%%"), [])
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'drop trigger "{name}"')
        cursor.execute(sql, parameters)
        for _name, made_by in triggers:
            cursor.execute(made_by)
