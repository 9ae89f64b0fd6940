"""Constitutions with a £1 share: a society that cancels a leaver's, a company that passes it to a nominee."""

import pytest

from tests.factories.shares import adopt_company, adopt_market, adopt_society


@pytest.fixture
def society(in_weavers):
    return adopt_society()


@pytest.fixture
def company(in_weavers):
    return adopt_company()


@pytest.fixture
def market(in_weavers):
    return adopt_market()
