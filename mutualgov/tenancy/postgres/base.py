"""Django's PostgreSQL backend, except that each transaction knows which mutual it serves."""

from django.db.backends.postgresql import base

from ..scope import pin, scoped_mutual_id


class DatabaseWrapper(base.DatabaseWrapper):
    """Pins ``app.mutual`` at the start of each outermost transaction.

    The setting is local to the transaction: nothing survives a commit, so pooled connections never carry a mutual over,
    and a query outside a transaction sees no tenant row at all.
    """

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out
        if not autocommit and scoped_mutual_id() is not None:
            pin(self)
