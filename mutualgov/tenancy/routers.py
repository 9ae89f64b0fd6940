"""Which database a table lives in: the ballot box has its own, so that nothing in it can point at a person."""

from typing import Any

BOX = "box"


class BoxRouter:
    """Models of the app ``box`` live in the database ``box``; all others in ``default``."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return BOX if model._meta.app_label == BOX else "default"

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return (one._meta.app_label == BOX) == (other._meta.app_label == BOX)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == BOX) == (app_label == BOX)
