"""Django's SQLite backend, except that emptying a database for the next test gets past the append-only triggers."""

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as SQLiteOperations

from .. import GUARD_PREFIX


class DatabaseOperations(SQLiteOperations):
    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        """SQLite empties tables by DELETE, which the guards refuse: they are dropped, and come back by post_migrate."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "select name from sqlite_master where type = 'trigger' and name like %s", [GUARD_PREFIX + "%"]
            )
            names = [row[0] for row in cursor.fetchall()]
        drops = [f"{style.SQL_KEYWORD('DROP TRIGGER')} {self.quote_name(name)};" for name in names]
        return drops + super().sql_flush(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
