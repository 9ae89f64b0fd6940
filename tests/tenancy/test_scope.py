"""One mutual never sees another: what the scope and the database say."""

import pytest
from django.db import DatabaseError, connection, transaction

from mutualgov.audit.actions import record
from mutualgov.audit.models import AuditEntry, AuditHead, Bookmark
from mutualgov.tenancy.guards import tenant_models, tenant_parents
from mutualgov.tenancy.scope import ScopeError, acting_in
from tests.conftest import NOON

pytestmark = pytest.mark.main_path

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security is PostgreSQL's")


def test_a_query_outside_a_scope_raises(weavers):
    with pytest.raises(ScopeError):
        AuditEntry.objects.count()


def test_a_row_made_outside_a_scope_is_refused(weavers):
    with pytest.raises(ScopeError):
        Bookmark(listener="x").save()


def test_rows_belong_to_the_mutual_in_scope(weavers, bakers):
    for mutual, times in ((weavers, 1), (bakers, 2)):
        with acting_in(mutual):
            for _ in range(times):
                record("mutual.founded", mutual, by="tests", at=NOON)

    with acting_in(weavers):
        assert AuditEntry.objects.count() == 1
    with acting_in(bakers):
        assert AuditEntry.objects.count() == 2


def test_a_scope_within_a_scope_gives_the_outer_one_back(weavers, bakers):
    with acting_in(weavers):
        record("mutual.founded", weavers, by="tests", at=NOON)
        with acting_in(bakers):
            assert AuditEntry.objects.count() == 0
        assert AuditEntry.objects.count() == 1


@on_postgresql
def test_raw_sql_sees_its_own_mutual_only(weavers, bakers):
    with acting_in(bakers):
        record("mutual.founded", bakers, by="tests", at=NOON)
    counted = {}
    for name, mutual in (("weavers", weavers), ("bakers", bakers)):
        with acting_in(mutual), connection.cursor() as cursor:
            cursor.execute("select count(*) from audit_auditentry")
            counted[name] = cursor.fetchone()[0]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_auditentry")
        counted["nobody"] = cursor.fetchone()[0]

    assert counted == {"weavers": 0, "bakers": 1, "nobody": 0}


@on_postgresql
def test_raw_sql_cannot_write_into_another_mutual(weavers, bakers):
    with acting_in(bakers):
        AuditHead.objects.create(number=1, hash="b" * 64)

    with acting_in(weavers), connection.cursor() as cursor:
        cursor.execute("update audit_audithead set number = 99")
        touched = cursor.rowcount
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("insert into audit_bookmark (mutual_id, listener, number) values (%s, 'x', 1)", [bakers.pk])

    assert touched == 0


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_pooled_connection_never_carries_a_scope_over(weavers):
    with acting_in(weavers), transaction.atomic():
        record("mutual.founded", weavers, by="tests", at=NOON)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('app.mutual', true), (select count(*) from audit_auditentry)")
        left_over = cursor.fetchone()

    assert left_over in {("", 0), (None, 0)}


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("model", list(tenant_models()), ids=lambda model: model._meta.label)
def test_every_tenant_table_forces_row_level_security(model):
    from django.db import connections, router

    table = model._meta.db_table
    with connections[router.db_for_read(model)].cursor() as cursor:
        cursor.execute(
            "select relrowsecurity, relforcerowsecurity from pg_class where oid = %s::regclass", [f'"{table}"']
        )
        secured = cursor.fetchone()
        cursor.execute("select count(*) from pg_policies where tablename = %s", [table])
        policies = cursor.fetchone()[0]
        cursor.execute(
            "select count(*) from pg_constraint where conrelid = %s::regclass and contype = 'f' "
            "and conname like 'mgguard%%'",
            [f'"{table}"'],
        )
        same_mutual_keys = cursor.fetchone()[0]

    assert (secured, policies, same_mutual_keys) == ((True, True), 1, len(list(tenant_parents(model))))


@pytest.mark.django_db
def test_the_database_refuses_to_alter_what_is_append_only(in_weavers):
    entry = record("mutual.founded", in_weavers, by="tests", at=NOON)

    for change in ("update audit_auditentry set action = 'forged'", "delete from audit_auditentry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)

    assert AuditEntry.objects.get(pk=entry.pk).action == "mutual.founded"
