"""What no page's sample needs but every tenant table must hold while it is swept: a mutual's business, played short."""

from datetime import timedelta

from members.actions import record_opt_out
from members.feed.actions import approve_batch, learn_words, propose_staff_feed
from members.feed.sample import sample_staff_csv
from mutualgov.access.permissions import Role
from mutualgov.notices.actions import post, send_notice
from mutualgov.stories.scenes import Cast, Plan, an_election
from mutualgov.tenancy.models import Mutual
from shares.actions import cancel_shares
from tests.conftest import NOON, TODAY, make_login
from tests.factories.members import make_members
from tests.factories.shares import allot

NOTICE_ON, CLOSE_ON = TODAY + timedelta(days=1), TODAY + timedelta(days=60)


def fill(mutual: Mutual) -> None:
    """With the mutual in scope."""
    cast = Cast(*(make_login(f"Tied {name} {mutual.key}", mutual, role) for name, role in OFFICERS))
    one, two, leaver = make_members(3, constituency_key="homecare")
    _a_tied_election(one.reference, two.reference, cast=cast)
    allot(leaver)
    record_opt_out(membership=leaver, said_on=TODAY, by="tests", at=NOON)
    cancel_shares(
        membership=leaver,
        class_key="membership",
        units=1,
        effective_on=TODAY,
        authority="Rule 9",
        by=cast.secretary,
        at=NOON,
    )
    learn_words(what="group", words={"Nurses": "Nursing and Midwifery Registered"}, by="tests", at=NOON)
    batch = propose_staff_feed(
        file=sample_staff_csv(rows=80, on=TODAY).encode(), filename="s.csv", by=cast.secretary, at=NOON
    )
    approve_batch(batch=batch, by=cast.secretary, at=NOON, despite="A test")
    post(send_notice(to="M-NOBODY", template="role_given", by="tests", at=NOON), at=NOON)


OFFICERS = (
    ("Secretary", Role.SECRETARY),
    ("Officer", Role.RETURNING_OFFICER),
    ("Scrutineer", Role.SCRUTINEER),
)


def _a_tied_election(one: str, two: str, *, cast: Cast) -> None:
    """Each of two candidates votes for themselves, for one seat: a lot decides."""
    scene = an_election(
        Plan(
            seat="council.staff_governor_homecare",
            seats=1,
            notice_on=NOTICE_ON,
            close_on=CLOSE_ON,
            standing=[("Ann One", one, ""), ("Bea Two", two, "")],
            votes=[(one, ["Ann One"]), (two, ["Bea Two"])],
        ),
        cast=cast,
    )
    moment = next(scene)
    while True:
        try:
            moment = scene.send(moment.at)
        except StopIteration:
            return
