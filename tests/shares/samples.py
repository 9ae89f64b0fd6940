"""Rows of this room in a mutual, over which the sweeps look for leaks."""

from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from shares.queries import members_without_share
from tests.conftest import TODAY
from tests.factories.members import make_member
from tests.factories.shares import allot


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    """Arguments by name of address. The mutual's constitution has a class ``membership`` of one share each."""
    with acting_in(mutual):
        holder = make_member("Sam Share")
        make_member("Una Without")
        entry = allot(holder)
        assert members_without_share(class_key="membership", on=TODAY)
        number = str(entry.certificates.get().number)
    one_class = {"class_key": "membership"}
    return {
        "shares:entry": {"reference": entry.reference},
        "shares:reverse": {"reference": entry.reference},
        "shares:holder": {"reference": holder.reference},
        "shares:settle": {"reference": holder.reference, **one_class},
        "shares:transfer": {"reference": holder.reference, **one_class},
        "shares:without": one_class,
        "shares:allot": one_class,
        "shares:certificate": {**one_class, "number": number},
        "shares:certificate_pdf": {**one_class, "number": number},
    }
