from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "mutualgov.access"
    label = "access"

    def ready(self) -> None:
        from . import words  # noqa: F401
