from django.apps import AppConfig


class ConstitutionConfig(AppConfig):
    name = "mutualgov.constitution"
    label = "constitution"

    def ready(self) -> None:
        from mutualgov.audit.actions import rests_on

        from . import words  # noqa: F401
        from .queries import number_in_force

        rests_on(number_in_force)
