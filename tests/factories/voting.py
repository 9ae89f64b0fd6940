"""Elections at every stage: the plainest valid ones, over the riverside template's three seats for nursing."""

from datetime import datetime, timedelta
from typing import Any

from mutualgov.core.clock import uk_date
from tests.conftest import NOON
from voting import actions
from voting.lifecycle import Step
from voting.models import Election, Nomination
from voting.queries import dates_of
from voting.rules import NominationForm

SEAT = "staff_governor_nursing"
CLOSE_IN = timedelta(days=60)


def make_election(*, by: Any = "tests", at: datetime = NOON, seats: int = 2, **given: Any) -> Election:
    """A draft for two seats that closes in sixty days."""
    given.setdefault("close_on", uk_date(at + CLOSE_IN))
    return actions.call_election(body_key="council", seat_key=SEAT, seats=seats, by=by, at=at, **given)


def plain_form(name: str = "Ann Member", **given: Any) -> NominationForm:
    """A whole nomination form."""
    plain = {"address": "1 High Street", "no_interests": True, "declares_eligible": True, "signed": True}
    return NominationForm(name=name, **{**plain, **given})


def make_nomination(election: Election, member: Any, *, at: datetime = NOON, **given: Any) -> Nomination:
    """A member's nomination on the site, under the name of the register."""
    form = plain_form(given.pop("name", member.person.name), **given)
    return actions.nominate(election=election, member_ref=member.reference, form=form, by="tests", at=at)


def give_notice(election: Election, *, by: Any = "tests", at: datetime = NOON) -> Election:
    return actions.give_notice(election=election, by=by, at=at)


def close_nominations(election: Election, candidates: list[Any], *, by: Any = "tests", at: datetime = NOON) -> Election:
    """Everyone named stands, and nominations are closed when the rule says so."""
    for member in candidates:
        nomination = make_nomination(election, member, at=at)
        actions.decide_nomination(nomination=nomination, accept=True, by=by, at=at)
    return actions.close_nominations(election=election, by=by, at=dates_of(election)[Step.WITHDRAWALS])


def open_poll(election: Election, *, by: Any = "tests") -> Election:
    """The roll is frozen and voting opens on its day."""
    at = dates_of(election)[Step.POLL]
    actions.freeze_roll(election=election, by=by, at=at)
    return actions.open_poll(election=election, by=by, at=at)


def close_poll(election: Election, *, by: Any = "tests") -> Election:
    return actions.close_poll(election=election, by=by, at=dates_of(election)[Step.CLOSE])
