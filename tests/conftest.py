"""The cast of every story: Weavers and Bakers, a secretary and a member of each."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from mutualgov.access.actions import grant_role
from mutualgov.access.permissions import Role
from mutualgov.accounts.models import User
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in

TODAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test that touches a database may touch both: the ballot box has its own."""
    for item in items:
        markers = list(item.iter_markers("django_db"))
        for marker in markers:
            marker.kwargs.setdefault("databases", ["default", "box"])
        if not markers and "db" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=["default", "box"]))


def make_login(name: str, mutual: Mutual, *roles: Role) -> User:
    """A login that can sign in, with roles in a mutual from the start of 2020."""
    user = User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", name=name)
    with acting_in(mutual):
        for role in roles:
            grant_role(user=user, role=role, from_on=date(2020, 1, 1), by="tests", at=NOON)
    return user


@pytest.fixture
def weavers(db: None) -> Mutual:
    return Mutual.objects.create(key="weavers", name="Weavers Mutual", founded_at=NOON)


@pytest.fixture
def bakers(db: None) -> Mutual:
    return Mutual.objects.create(key="bakers", name="Bakers Mutual", founded_at=NOON)


@pytest.fixture
def in_weavers(weavers: Mutual) -> Iterator[Mutual]:
    """The story plays inside Weavers."""
    with acting_in(weavers):
        yield weavers


@pytest.fixture
def secretary(weavers: Mutual) -> User:
    return make_login("Wanda Warp", weavers, Role.SECRETARY)


@pytest.fixture
def member(weavers: Mutual) -> User:
    return make_login("Wes Weft", weavers, Role.MEMBER)


@pytest.fixture
def bakers_secretary(bakers: Mutual) -> User:
    return make_login("Berta Bun", bakers, Role.SECRETARY)


@pytest.fixture
def bakers_member(bakers: Mutual) -> User:
    return make_login("Bo Bap", bakers, Role.MEMBER)
