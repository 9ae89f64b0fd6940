"""Every tenant model, over rows that could leak: each mutual counts its own, and nobody outside a scope counts any."""

import pytest
from django.db import connections, router

from mutualgov.tenancy.guards import tenant_models
from mutualgov.tenancy.scope import ScopeError, acting_in

MODELS = sorted(tenant_models(), key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_mutual_counts_its_own_rows(model, weavers, bakers):
    counted = {}
    for mutual in (weavers, bakers):
        with acting_in(mutual):
            counted[mutual.pk] = model.objects.count()
            owners = set(model.objects.values_list("mutual_id", flat=True))
            assert owners <= {mutual.pk}

    with pytest.raises(ScopeError):
        model.objects.count()
    assert counted[weavers.pk] == counted[bakers.pk]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_raw_sql_counts_no_more_than_the_scope(model, weavers):
    connection = connections[router.db_for_read(model)]
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    with acting_in(weavers):
        with connection.cursor() as cursor:
            cursor.execute(f'select count(*) from "{model._meta.db_table}"')
            raw = cursor.fetchone()[0]
        assert raw == model.objects.count()


def test_the_samples_fill_every_tenant_model(weavers):
    """A model that no sample fills is one that the sweep cannot judge."""
    with acting_in(weavers):
        empty = [model._meta.label for model in MODELS if not model.objects.exists()]

    assert " ".join(empty) == ""
