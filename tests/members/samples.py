"""Rows of this room in a mutual, over which the sweeps look for leaks."""

from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.factories.members import make_member
from tests.members.payroll import ann, propose


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    """Arguments by name of address. The mutual's constitution has a class ``staff``."""
    with acting_in(mutual):
        member = {"membership": make_member("Sam Sample").reference}
        batch = {"batch": propose(ann()).reference}
    return {
        "members:member": member,
        "members:end": member,
        "members:particulars": member,
        "members:login": member,
        "members:strike": {**member, "entry": "1"},
        **{
            f"members:{name}": batch
            for name in ("batch", "approve", "discard", "compare", "answer", "groups", "columns")
        },
    }
