from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "mutualgov.access"
    label = "access"
