from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "mutualgov.audit"
    label = "audit"
