"""A staff-governor election, from the constitution to the filled seats.

Every step goes through the action that its page calls, by the people who would do it: the secretary founds and admits,
the returning officer runs the election, two people key the papers. The clock is the story's own: it begins on a date
and moves on to each date of the timetable that the constitution's rules give.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from members import actions as register
from members import queries as registered
from members.feed import actions as feed
from members.models import FeedBatch
from mutualgov.access.actions import grant_role
from mutualgov.access.permissions import Role
from mutualgov.accounts.actions import make_login
from mutualgov.accounts.models import User
from mutualgov.constitution.actions import found_mutual
from mutualgov.constitution.compiler import compile_text, template_text
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.semantics.powers import election_plan
from mutualgov.constitution.semantics.timing import earliest_close
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from shares.actions import allot_shares, cancel_shares
from shares.models import ShareEntry
from shares.queries import leavers_with_shares, members_without_share
from voting.models import Election

from . import report
from .narrator import Advance, Narrator
from .scenes import Cast, Plan, an_election
from .script import Clock, Script, StoryRefused

TEMPLATE, SEAT, CONSTITUENCY, CLASS = "riverside", "staff_governor_nursing", "nursing", "staff"
UNRANKED = frozenset({"fptp", "approval"})
DOCUMENT = """\
# {name}, after the template of a two-tier society; what it changes is below.
template: {template}
mutual: {{key: {key}, name: {name}}}
bodies:
  council:
    seats:
      - {{seat: {seat}, n: {seats}}}
rules:
  governors_poll: {{method: {method}, count: {rule}}}
"""


def play(script: Script, *, narrator: Narrator) -> dict[str, Any]:
    """Play the whole story; returns its report (report.py), ready for JSON.

    Raises StoryRefused, or the refusal of whichever step said no: then nothing of that step is kept.
    """
    _fits(script)
    clock = Clock(script.begins_on)
    cast = Cast(*(_login(who, script) for who in ("Sian Secretary", "Robert Returning", "Uma Union")))
    with narrator.step("The mutual is founded from its constitution"):
        mutual = _found(script, cast=cast, clock=clock)
    with acting_in(mutual):
        with narrator.step(f"The staff file {script.staff_name} is received, compared and approved") as advance:
            batch = _import_staff(script, cast=cast, clock=clock, advance=advance)
        with narrator.step("Everyone else who must have a paper joins") as advance:
            recruited = _recruit(script, cast=cast, clock=clock, advance=advance)
        with narrator.step("One membership share each is allotted"):
            entry = _allot(cast=cast, clock=clock)
        election = _elect(script, cast=cast, clock=clock, narrator=narrator)
        with narrator.step("The shares of those who left meanwhile are settled as the constitution says"):
            settled = _settle_leavers(cast=cast, clock=clock)
        with narrator.step("Register, shares, council and audit chain are compared"):
            return report.of(
                script,
                mutual=mutual,
                batch=batch,
                recruited=recruited,
                settled=settled,
                entry=entry,
                election=election,
                on=clock.on,
            )


def _fits(script: Script) -> None:
    if script.seats >= len(script.candidates):
        raise StoryRefused(
            f"{len(script.candidates)} candidates for {script.seats} seats: nothing would be counted. "
            "Choose a file with more candidates than seats, or fewer --seats.",
            rule="stories.ballots",
        )


def _login(name: str, script: Script) -> User:
    return make_login(email=f"{name.lower().replace(' ', '.')}@{script.key}.example", name=name)


def _found(script: Script, *, cast: Cast, clock: Clock) -> Mutual:
    text = DOCUMENT.format(
        name="Riverside Care Society",
        template=TEMPLATE,
        key=script.key,
        seat=SEAT,
        seats=max(script.seats, _designed_seats(script)),
        method=script.rule if script.rule in UNRANKED else "stv",
        rule=script.rule,
    )
    mutual = found_mutual(text=text, founded_on=clock.on, by=cast.secretary, at=clock.at)
    with acting_in(mutual):
        for user, role in (
            (cast.secretary, Role.SECRETARY),
            (cast.returning_officer, Role.RETURNING_OFFICER),
            (cast.scrutineer, Role.SCRUTINEER),
        ):
            grant_role(user=user, role=role, from_on=clock.on, by=cast.secretary, at=clock.ticks())
    return mutual


def _designed_seats(script: Script) -> int:
    """How many such governors the template has: fewer would take the elected their majority of the council."""
    template = compile_text(template_text(TEMPLATE), on=script.begins_on).or_refuse()
    return template.seats[f"council.{SEAT}"].n


@transaction.atomic
def _import_staff(script: Script, *, cast: Cast, clock: Clock, advance: Advance) -> FeedBatch:
    batch = feed.propose_staff_feed(
        file=script.staff, filename=script.staff_name, by=cast.secretary, at=clock.ticks(), progress=advance
    )
    despite = "The first file of a new society" if batch.alarm else ""
    return feed.approve_batch(batch=batch, by=cast.secretary, at=clock.ticks(), despite=despite, progress=advance)


@transaction.atomic
def _recruit(script: Script, *, cast: Cast, clock: Clock, advance: Advance) -> int:
    """A paper needs a voter. Where the papers outnumber the staff file's nurses, invented ones join by hand."""
    short = script.papers_cast - len(registered.members_in(by=[CONSTITUENCY], on=clock.on))
    if short <= 0:
        return 0
    people = [
        register.add_person(
            given_name="Extra",
            family_name=f"Voter {number:05}",
            born_on=script.begins_on.replace(year=script.begins_on.year - 40, day=1),
            facts={"employed": True, "staff_group": "Nursing and Midwifery Registered"},
            by=cast.secretary,
            at=clock.at,
        )
        for number in range(1, short + 1)
    ]
    admissions = [
        register.Admission(person=person, class_key=CLASS, constituency_key=CONSTITUENCY, effective_on=clock.on)
        for person in people
    ]
    authority = "The story: more papers than staff in the constituency"
    register.admit_many(
        admissions=admissions, authority=authority, by=cast.secretary, at=clock.ticks(), progress=advance
    )
    return short


@transaction.atomic
def _allot(*, cast: Cast, clock: Clock) -> ShareEntry:
    share = rulebook_in_force(on=clock.on).classes[CLASS].share
    return allot_shares(
        memberships=members_without_share(class_key=share, on=clock.on),
        class_key=share,
        units=1,
        effective_on=clock.on,
        authority="Board minute 1: one membership share to each member",
        by=cast.secretary,
        at=clock.ticks(),
    )


@transaction.atomic
def _settle_leavers(*, cast: Cast, clock: Clock) -> int:
    """The staff file named people who would leave before the declaration: their share goes back to the reserve."""
    left = leavers_with_shares(on=clock.on)
    for line in left:
        cancel_shares(
            membership=registered.membership(line.reference),
            class_key=line.class_key,
            units=line.units,
            effective_on=clock.on,
            authority="The constitution: a share ends with the membership",
            by=cast.secretary,
            at=clock.ticks(),
        )
    return len(left)


@transaction.atomic
def _plan(script: Script, *, clock: Clock) -> Plan:
    """Called for the first day that the timetable allows with notice given on the day after."""
    notice_on = clock.on + timedelta(days=1)
    book = rulebook_in_force(on=notice_on)
    plan = election_plan(book, f"council.{SEAT}")
    if plan is None:
        raise ValueError(f"the constitution elects nobody to council.{SEAT}")
    staying = [line for line in registered.members_in(by=[CONSTITUENCY], on=clock.on) if line.ceased_on is None]
    standing = staying[: len(script.candidates)]
    return Plan(
        seat=plan.seat.path,
        seats=script.seats,
        notice_on=notice_on,
        close_on=earliest_close(plan.rule, notice_on=notice_on, nation=book.mutual.nation).on,
        standing=[
            (name, line.reference, f"{name} stands for the nurses and therapists of the society.")
            for name, line in zip(script.candidates, standing, strict=True)
        ],
        papers=script.papers,
    )


def _elect(script: Script, *, cast: Cast, clock: Clock, narrator: Narrator) -> Election:
    scene = an_election(_plan(script, clock=clock), cast=cast)
    moment = next(scene)
    while True:
        with narrator.step(moment.title):
            try:
                moment = scene.send(clock.moves_to(moment.at))
            except StopIteration as end:
                return end.value
