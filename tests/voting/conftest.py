"""The cast of elections: a returning officer, a second keyer, members of the nursing constituency."""

import pytest

from mutualgov.access.permissions import Role
from mutualgov.constitution.actions import adopt_constitution, start_text
from tests.conftest import NOON, TODAY, make_login
from tests.factories import voting as make
from tests.factories.members import make_members
from voting.lifecycle import Step
from voting.queries import dates_of


@pytest.fixture
def officer(weavers):
    return make_login("Rosa Reed", weavers, Role.RETURNING_OFFICER)


@pytest.fixture
def scrutineer(weavers):
    return make_login("Sam Shuttle", weavers, Role.SCRUTINEER)


@pytest.fixture
def ruled(in_weavers):
    """Weavers have adopted the constitution of the riverside template."""
    adopt_constitution(
        text=start_text("riverside", key="weavers", name="Weavers Mutual"), adopted_on=TODAY, by="tests", at=NOON
    )
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
def during(polling):
    """A moment while voting is open."""
    return dates_of(polling)[Step.POLL]
