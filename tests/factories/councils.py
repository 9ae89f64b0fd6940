"""A two-tier society with a council and a board, and the plainest election result."""

from collections.abc import Sequence
from datetime import date, datetime

from members.models import Membership
from mutualgov.audit.actions import record
from mutualgov.constitution.actions import adopt_constitution
from mutualgov.constitution.compiler import template_text
from mutualgov.constitution.models import ConstitutionVersion
from mutualgov.tenancy.scope import current_mutual
from tests.conftest import NOON, TODAY
from voting.models import Election

SINCE = date(2020, 1, 1)
NURSING = "staff_governor_nursing"


def adopt_two_tiers(*, on: date = SINCE, change: Sequence[tuple[str, str]] = ()) -> ConstitutionVersion:
    """The two-tier society: eight staff governors, seven nominated, a chair by office, and a board.

    change  pieces of the template's text and what stands there instead
    """
    mutual = current_mutual()
    text = template_text("riverside").replace("key: riverside", f"key: {mutual.key}")
    for old, new in change:
        assert old in text
        text = text.replace(old, new)
    return adopt_constitution(text=text, adopted_on=on, by="tests", at=NOON)


def declare(*elected: Membership, seat: str = NURSING, on: date = TODAY, at: datetime = NOON) -> None:
    """The fact that a result is declared, as the voting room records it."""
    record(
        "voting.election_declared",
        Election(reference="EL-7K3QXM"),
        by="tests",
        at=at,
        rule="rules.governors_poll",
        body="council",
        seat=seat,
        elected=[membership.reference for membership in elected],
        declared_on=on.isoformat(),
        uncontested=False,
        unfilled=0,
    )
