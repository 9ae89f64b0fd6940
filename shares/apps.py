from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SharesConfig(AppConfig):
    name = "shares"
    label = "shares"

    def ready(self) -> None:
        from . import leaving, needs, words  # noqa: F401
        from .guards import guard_ledger

        post_migrate.connect(guard_ledger, sender=self, dispatch_uid="shares.guard_ledger")
