"""Two founded mutuals, filled by every room's samples once for a module of sweeps and rolled back after it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from mutualgov.constitution.actions import found_mutual, start_text
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY
from tests.sweeps.fill import fill
from tests.sweeps.registry import samples_in


@dataclass(frozen=True)
class Site:
    """Weavers and Bakers, each with the same kinds of rows; and the addresses of what lies in each."""

    weavers: Mutual
    bakers: Mutual
    in_weavers: dict[str, dict[str, str]]
    in_bakers: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in ("default", "box"):
            whole = transaction.atomic(using=alias)
            whole._from_testcase = True  # rolled back below: no durable block inside loses anything
            stack.enter_context(whole)
        founded = [found(key, f"{key.capitalize()} Mutual") for key in ("weavers", "bakers")]
        samples = []
        for mutual in founded:
            with acting_in(mutual):
                samples.append(samples_in(mutual))
                fill(mutual)
        yield Site(*founded, *samples)
        for alias in ("default", "box"):
            transaction.set_rollback(True, using=alias)


def found(key: str, name: str) -> Mutual:
    return found_mutual(text=start_text("riverside", key=key, name=name), founded_on=TODAY, by="tests", at=NOON)


@pytest.fixture
def weavers(site: Site, db: None) -> Mutual:
    return site.weavers


@pytest.fixture
def bakers(site: Site, db: None) -> Mutual:
    return site.bakers
