from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TenancyConfig(AppConfig):
    name = "mutualgov.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .guards import guard_tables

        post_migrate.connect(guard_tables, dispatch_uid="tenancy.guard_tables")
