"""What the database itself enforces about tenants, made from the model registry after every migration.

For each tenant model, so that no new table can be forgotten:

===================  ==========================================  ==========================================
guard                PostgreSQL                                  SQLite
===================  ==========================================  ==========================================
only own rows        row-level security, forced on the owner     (django-scopes alone: one process, one file)
no foreign parent    foreign key (mutual_id, parent_id)          trigger on insert and update
append-only          trigger that refuses UPDATE and DELETE      the same
===================  ==========================================  ==========================================

Plain foreign keys pass row-level security by, hence the second line.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db import connections, models, router

from . import GUARD_PREFIX
from .models import TenantModel

HERE = "(mutual_id = nullif(current_setting('app.mutual', true), '')::bigint)"


def tenant_models(app_config: AppConfig | None = None) -> Iterator[type[TenantModel]]:
    """Every concrete tenant model, of one app or of all."""
    from django.apps import apps

    for model in app_config.get_models() if app_config else apps.get_models():
        if issubclass(model, TenantModel) and model._meta.managed and not model._meta.proxy:
            yield model


def guard_tables(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate: bring one app's tables under guard. Runs again without harm."""
    connection = connections[using]
    wanted = [m for m in tenant_models(sender) if router.allow_migrate_model(using, m)]
    present = set(connection.introspection.table_names()) if wanted else set()
    for model in wanted:
        if model._meta.db_table not in present:
            continue
        if connection.vendor == "postgresql":
            _guard_on_postgresql(connection, model)
        elif connection.vendor == "sqlite":
            _guard_on_sqlite(connection, model)


def tenant_parents(model: type[TenantModel]) -> Iterator[models.ForeignKey]:
    """Foreign keys of a model that point at rows of a tenant."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel):
            yield field


def _guard_on_postgresql(connection: Any, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        _row_level_security(cursor, table)
        for field in tenant_parents(model):
            _same_mutual_foreign_key(cursor, table, field)
        if model.append_only:
            _refuse_changes(cursor, table)


def _row_level_security(cursor: Any, table: str) -> None:
    cursor.execute(
        "select relrowsecurity and relforcerowsecurity from pg_class where oid = %s::regclass", [f'"{table}"']
    )
    if not cursor.fetchone()[0]:
        cursor.execute(f'alter table "{table}" enable row level security')
        cursor.execute(f'alter table "{table}" force row level security')
    cursor.execute("select 1 from pg_policies where tablename = %s and policyname = 'one_mutual'", [table])
    if cursor.fetchone() is None:
        cursor.execute(f'create policy one_mutual on "{table}" using {HERE} with check {HERE}')


def _same_mutual_foreign_key(cursor: Any, table: str, field: models.ForeignKey) -> None:
    parent, column = field.related_model._meta.db_table, field.column
    key = f"{GUARD_PREFIX}{parent}_own"[:63]
    if not _constraint_exists(cursor, parent, key):
        cursor.execute(f'alter table "{parent}" add constraint "{key}" unique (mutual_id, {field.target_field.column})')
    name = f"{GUARD_PREFIX}{table}_{column}"[:63]
    if not _constraint_exists(cursor, table, name):
        cursor.execute(
            f'alter table "{table}" add constraint "{name}" foreign key (mutual_id, "{column}") '
            f'references "{parent}" (mutual_id, {field.target_field.column}) deferrable initially deferred'
        )


def _constraint_exists(cursor: Any, table: str, name: str) -> bool:
    cursor.execute("select 1 from pg_constraint where conrelid = %s::regclass and conname = %s", [f'"{table}"', name])
    return cursor.fetchone() is not None


def _refuse_changes(cursor: Any, table: str) -> None:
    cursor.execute(
        f"""create or replace function {GUARD_PREFIX}refuse() returns trigger language plpgsql as
        $$ begin raise exception '% is append-only: % is refused', tg_table_name, tg_op
        using errcode = 'restrict_violation'; end $$"""
    )
    cursor.execute(
        "select 1 from pg_trigger where tgrelid = %s::regclass and tgname = %s",
        [f'"{table}"', f"{GUARD_PREFIX}append_only"],
    )
    if cursor.fetchone() is None:
        cursor.execute(
            f'create trigger {GUARD_PREFIX}append_only before update or delete on "{table}" '
            f"for each row execute function {GUARD_PREFIX}refuse()"
        )


def _guard_on_sqlite(connection: Any, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for field in tenant_parents(model):
            parent, column, target = (
                field.related_model._meta.db_table,
                field.column,
                field.target_field.column,
            )
            for event in ("insert", "update"):
                cursor.execute(
                    f'create trigger if not exists "{GUARD_PREFIX}{table}_{column}_{event}" '
                    f'before {event} on "{table}" '
                    f'when new."{column}" is not null and new.mutual_id is not '
                    f'(select mutual_id from "{parent}" where "{target}" = new."{column}") '
                    f"begin select raise(abort, '{table}.{column} belongs to another mutual'); end"
                )
        if model.append_only:
            for event in ("update", "delete"):
                cursor.execute(
                    f'create trigger if not exists "{GUARD_PREFIX}{table}_{event}" before {event} on "{table}" '
                    f"begin select raise(abort, '{table} is append-only: {event} is refused'); end"
                )
