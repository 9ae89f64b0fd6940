from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "mutualgov.home"
    label = "home"
