"""System checks: what must hold before the first request."""

from typing import Any

from django.apps import apps
from django.core.checks import Error, Tags, register
from django.db import connections

from .guards import tenant_models
from .models import TenantModel


@register(Tags.models)
def tenant_rows_have_no_side_doors(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A many-to-many table made by Django would carry no mutual: every link is a model of its own."""
    return [
        Error(
            f"{model.__name__}.{field.name} makes a table without a mutual; give it a through model.",
            id="tenancy.E001",
        )
        for model in tenant_models()
        for field in model._meta.local_many_to_many
        if not _is_tenant(field.remote_field.through)
    ]


@register(Tags.models)
def tenant_names_are_unique_within_the_mutual(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A unique column over all mutuals would tell one that a row exists in another."""
    return [
        Error(
            f"{model.__name__}.{field.name} is unique over all mutuals; add a constraint with mutual.",
            id="tenancy.E002",
        )
        for model in tenant_models()
        for field in model._meta.local_fields
        if field.unique and not field.primary_key and not (field.is_relation and _is_tenant(field.related_model))
    ]


@register(Tags.database)
def the_role_obeys_row_level_security(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Error]:
    """Superusers and roles with BYPASSRLS ignore every policy."""
    found = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor == "postgresql" and apps.ready:
            with connection.cursor() as cursor:
                cursor.execute("select rolsuper or rolbypassrls, rolname from pg_roles where rolname = current_user")
                bypasses, role = cursor.fetchone()
            if bypasses:
                found.append(
                    Error(
                        f"Role {role} of database '{alias}' bypasses row-level security: mutuals could see each other.",
                        hint="Connect as a role made with LOGIN NOSUPERUSER NOBYPASSRLS.",
                        id="tenancy.E003",
                    )
                )
    return found


def _is_tenant(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, TenantModel)
