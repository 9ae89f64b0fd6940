from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "mutualgov.notices"
    label = "notices"

    def ready(self) -> None:
        from . import letters, listeners  # noqa: F401
