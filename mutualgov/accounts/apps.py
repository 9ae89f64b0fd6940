from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mutualgov.accounts"
    label = "accounts"
