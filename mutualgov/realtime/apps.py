from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "mutualgov.realtime"
    label = "realtime"
