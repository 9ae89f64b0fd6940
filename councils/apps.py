from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CouncilsConfig(AppConfig):
    name = "councils"
    label = "councils"

    def ready(self) -> None:
        from . import leaving, listeners, needs, words  # noqa: F401
        from .guards import guard_terms

        post_migrate.connect(guard_terms, sender=self, dispatch_uid="councils.guard_terms")
