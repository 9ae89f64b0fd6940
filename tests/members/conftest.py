"""Weavers under a constitution: a society of staff in three constituencies, or a trust with public members too."""

from collections.abc import Iterator
from datetime import date

import pytest

from mutualgov.constitution.actions import adopt_constitution, start_text
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON


def adopt(template: str, mutual: Mutual) -> None:
    text = start_text(template, key=mutual.key, name=mutual.name)
    adopt_constitution(text=text, adopted_on=date(2020, 1, 1), by="tests", at=NOON)


@pytest.fixture
def in_society(weavers: Mutual) -> Iterator[Mutual]:
    """Staff only, enrolled unless they opt out; constituencies nursing, homecare and support."""
    with acting_in(weavers):
        adopt("riverside", weavers)
        yield weavers


@pytest.fixture
def in_trust(weavers: Mutual) -> Iterator[Mutual]:
    """Public, patient and staff members, each divided."""
    with acting_in(weavers):
        adopt("fenland", weavers)
        yield weavers


@pytest.fixture
def in_company(weavers: Mutual) -> Iterator[Mutual]:
    """Permanent staff who apply for a £1 share."""
    with acting_in(weavers):
        adopt("lantern", weavers)
        yield weavers
