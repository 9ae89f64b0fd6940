from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    name = "members"
    label = "members"

    def ready(self) -> None:
        from . import facts_in_words, needs  # noqa: F401
        from .guards import guard_memberships

        post_migrate.connect(guard_memberships, sender=self, dispatch_uid="members.guard_memberships")
        from . import addressees  # noqa: F401
