"""Constitutions with shares, and the plainest allotment."""

from datetime import date, datetime
from typing import Any

from members.models import Membership
from mutualgov.constitution.actions import adopt_constitution
from mutualgov.constitution.models import ConstitutionVersion
from mutualgov.tenancy.scope import current_mutual
from shares.actions import allot_shares
from shares.models import ShareEntry
from tests.conftest import NOON, TODAY

SOCIETY = """
mutual: {key: weavers, name: Weavers Mutual, form: community_benefit_society, packs: [ccbs_2014]}
classes:
  staff: {holder: person, where: {employed: true}, join: opt_out, share: membership}
shares:
  membership:
    {name: membership share, nominal: GBP 1, hold: 1, transferable: false, withdrawable: false,
     on_leaving: cancel_to_reserve}
bodies:
  members: {kind: general_meeting, of: [staff], meets: 1/y, quorum: 10%}
  board: {kind: board, quorum: 1, seats: [{seat: director, n: 1, how: elected, by: staff, term: 3y}]}
"""
COMPANY = """
mutual: {key: weavers, name: Weavers Mutual, form: company_limited_by_shares, packs: [company_2006]}
organisations: {staff_nominee: the staff share nominee}
classes:
  staff: {holder: person, where: {employed: true}, join: apply, share: membership}
shares:
  membership: {name: membership share, nominal: GBP 1, hold: 1, on_leaving: transfer_at_par_to org.staff_nominee}
bodies:
  members: {kind: general_meeting, of: [staff], meets: 1/y, quorum: 2}
  board: {kind: board, quorum: 1, seats: [{seat: director, n: 1, how: elected, by: staff, term: 3y}]}
"""


def adopt(text: str, *, on: date = date(2020, 1, 1)) -> ConstitutionVersion:
    """Bring a constitution of Weavers into force in the mutual in scope."""
    here = current_mutual().key
    return adopt_constitution(text=text.replace("key: weavers", f"key: {here}"), adopted_on=on, by="tests", at=NOON)


def adopt_society() -> ConstitutionVersion:
    """Each member of staff holds one £1 share; a leaver's is cancelled to reserves."""
    return adopt(SOCIETY)


def adopt_company() -> ConstitutionVersion:
    """Each member of staff holds one £1 share; a leaver's passes at par to a nominee."""
    return adopt(COMPANY)


def adopt_market() -> ConstitutionVersion:
    """Up to five shares, which members may transfer to each other."""
    return adopt(SOCIETY.replace("hold: 1, transferable: false", "hold: 1-5, transferable: true"))


def allot(
    *memberships: Membership, units: int = 1, on: date = TODAY, at: datetime = NOON, by: Any = "tests"
) -> ShareEntry:
    """One membership share to each, on a date, today unless told."""
    return allot_shares(
        memberships=memberships,
        class_key="membership",
        units=units,
        effective_on=on,
        authority="Minute 1",
        by=by,
        at=at,
    )
