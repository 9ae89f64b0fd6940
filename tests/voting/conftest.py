"""The cast of elections: a returning officer, a second keyer, members of the nursing constituency."""

import pytest
from django.db import transaction

from mutualgov.access.permissions import Role
from mutualgov.constitution.actions import adopt_constitution, start_text
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY, make_login
from tests.factories import voting as make
from tests.factories.members import make_members
from voting.lifecycle import Step
from voting.queries import dates_of


def adopt_riverside():
    text = start_text("riverside", key="weavers", name="Weavers Mutual")
    adopt_constitution(text=text, adopted_on=TODAY, by="tests", at=NOON)


@pytest.fixture
def officer(weavers):
    return make_login("Rosa Reed", weavers, Role.RETURNING_OFFICER)


@pytest.fixture
def scrutineer(weavers):
    return make_login("Sam Shuttle", weavers, Role.SCRUTINEER)


@pytest.fixture
def ruled(in_weavers):
    """Weavers have adopted the constitution of the riverside template."""
    adopt_riverside()
    return in_weavers


@pytest.fixture
def nurses(ruled):
    """Ten members of the nursing constituency."""
    return make_members(10, constituency_key="nursing")


@pytest.fixture
def draft(officer, nurses):
    return make.make_election()


@pytest.fixture
def noticed(draft):
    return make.give_notice(draft)


@pytest.fixture
def contested(noticed, nurses):
    """Three stand for two seats; nominations are closed."""
    return make.close_nominations(noticed, nurses[:3])


@pytest.fixture
def polling(contested):
    """Voting is open, all ten on the roll."""
    return make.open_poll(contested)


@pytest.fixture
def for_real(weavers):
    """``for_real(n)``: committed, as a page would leave it: voting is open for so many members of one constituency.

    Returns the election and its members. Rows are read inside a transaction: PostgreSQL shows none outside.
    """

    def begin(voters):
        with acting_in(weavers), transaction.atomic():
            adopt_riverside()
            make_login("Rosa Reed", weavers, Role.RETURNING_OFFICER)
            members = make_members(voters, constituency_key="nursing")
            noticed = make.give_notice(make.make_election())
            return make.open_poll(make.close_nominations(noticed, members[:3])), members

    return begin


@pytest.fixture
def during(polling):
    """A moment while voting is open."""
    return dates_of(polling)[Step.POLL]
