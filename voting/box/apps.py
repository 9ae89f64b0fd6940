from django.apps import AppConfig


class BoxConfig(AppConfig):
    name = "voting.box"
    label = "box"
