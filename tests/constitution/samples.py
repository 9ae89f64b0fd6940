"""A second version, so that each mutual has one that was and one that is."""

from datetime import timedelta

from mutualgov.constitution.actions import adopt_constitution
from mutualgov.constitution.models import ConstitutionVersion
from mutualgov.tenancy.models import Mutual
from tests.conftest import NOON, TODAY


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    first = ConstitutionVersion.objects.get(number=1)
    adopt_constitution(
        text=first.document + "bodies: {council: {meets: 6/y}}\n",
        adopted_on=TODAY + timedelta(days=1),
        by="tests",
        at=NOON,
    )
    return {name: {"number": "1"} for name in ("constitution:version", "constitution:document")}
