"""Calling an election, its dates, its notice, giving it up."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mutualgov.audit.actions import record
from mutualgov.core.clock import uk_date
from mutualgov.core.references import new_reference

from ..lifecycle import Stage, Step, Verb
from ..models import Election, ElectionDate
from ..queries.elections import dates_of
from ..queries.terms import terms_of
from ..schedule import follow_at_its_dates
from ..timetable import brought_forward, computed_timetable, disorder
from .common import ElectionRefused, changed, locked, login_or_none, move, refuse_candidates, refuse_obstacles


@transaction.atomic
def call_election(
    *,
    body_key: str,
    seat_key: str,
    seats: int,
    close_on: date,
    by: Any,
    at: datetime,
    title: str = "",
    contact: str = "",
) -> Election:
    """Draft an election for vacant seats of a body, on the constitution's terms of the day.

    seats     how many are to be filled, at most as many as the constitution gives the body
    close_on  the day on which voting closes; every other date is counted back from it
    contact   how voters and candidates reach the returning officer

    Raises ElectionRefused, or NoElection where the constitution has no election for the seat.
    """
    terms = terms_of(f"{body_key}.{seat_key}", on=uk_date(at))
    if not 1 <= seats <= terms.most:
        raise ElectionRefused(
            f"{terms.body_name} has {terms.most} of these seats; {seats} cannot be filled.", rule=terms.rule_key
        )
    computed = computed_timetable(close_on=close_on, rule=terms.rule, nation=terms.nation)
    if close_on <= uk_date(at):
        raise ElectionRefused("Voting must close on a day that is still to come.", rule=terms.rule_key)
    election = Election.objects.create(
        **terms.frozen(),
        reference=new_reference("EL"),
        title=title or f"Election of {terms.seat_name}, {terms.body_name}",
        seats=seats,
        options={"record_at": terms.record_at.value},
        constitution_version=terms.version,
        contact=contact,
        box_key=secrets.token_hex(16),
        called_by=login_or_none(by),
        called_at=at,
    )
    ElectionDate.objects.bulk_create(
        ElectionDate(election=election, step=c.step, rule_at=c.at, at=c.at, explanation=c.explanation) for c in computed
    )
    record(
        "voting.election_called",
        election,
        by=by,
        at=at,
        rule=election.rule,
        body=election.body_key,
        seat=election.seat_key,
        seats=seats,
        close_on=close_on.isoformat(),
    )
    return election


@transaction.atomic
def change_date(*, election: Election, step: Step, to: datetime, reason: str, by: Any, at: datetime) -> Election:
    """Set one date other than the rule gives; the reason is recorded and published.

    Earlier dates that would then come after it move with it. A date that has passed stays.
    """
    election = locked(election)
    refuse_obstacles(Verb.CHANGE_DATE, election, at=at)
    refuse_candidates(election, by=by, at=at)
    if not reason.strip():
        raise ElectionRefused("Say why the date is changed: the reason is published with it.", rule=election.rule)
    dates = dates_of(election)
    if _has_happened(election, step):
        raise ElectionRefused(f"“{step.label}” lies behind: that date cannot be moved.", rule=election.rule)
    ahead = {s: moment for s, moment in dates.items() if not _has_happened(election, s)}
    moved = brought_forward(ahead, step, to=to)
    wrong = disorder(ahead | moved)
    if wrong:
        raise ElectionRefused(" ".join(wrong), rule=election.rule)
    for row in ElectionDate.objects.filter(election=election, step__in=list(moved)):
        row.at, row.changed_by, row.changed_at = moved[Step(row.step)], login_or_none(by), at
        row.reason = "\n".join(filter(None, [row.reason, reason.strip()]))
        row.save(update_fields=("at", "reason", "changed_by", "changed_at"))
    changed(election)
    follow_at_its_dates(election)
    record(
        "voting.date_changed",
        election,
        by=by,
        at=at,
        rule=election.rule,
        step=step.value,
        was=dates[step].isoformat(),
        now=to.isoformat(),
    )
    return election


def bring_forward(*, election: Election, step: Step, reason: str, by: Any, at: datetime) -> Election:
    """Let a date fall now: what waits for it may be done at once. The reason is recorded and published."""
    return change_date(election=election, step=step, to=at, reason=reason, by=by, at=at)


@transaction.atomic
def give_notice(*, election: Election, by: Any, at: datetime) -> Election:
    """Publish the election and open nominations. From here its terms and the constitution's version are frozen."""
    election = locked(election)
    refuse_obstacles(Verb.GIVE_NOTICE, election, at=at)
    refuse_candidates(election, by=by, at=at)
    election.notice_at = at
    record_at = Step(election.options["record_at"])
    election.record_on = uk_date(at if record_at is Step.NOTICE else dates_of(election)[record_at])
    move(election, Stage.NOTICE_GIVEN, "notice_at", "record_on")
    follow_at_its_dates(election)
    record(
        "voting.notice_given",
        election,
        by=by,
        at=at,
        rule=election.rule,
        version=election.constitution_version,
        record_on=election.record_on.isoformat(),
    )
    return election


@transaction.atomic
def abandon(*, election: Election, reason: str, by: Any, at: datetime) -> Election:
    """Give an election up, for a reason that is published. Ballots in the box are never counted."""
    election = locked(election)
    refuse_obstacles(Verb.ABANDON, election, at=at)
    refuse_candidates(election, by=by, at=at)
    if not reason.strip():
        raise ElectionRefused("Say why the election is abandoned: the reason is published.", rule=election.rule)
    election.abandoned_because = reason.strip()
    move(election, Stage.ABANDONED, "abandoned_because")
    record("voting.election_abandoned", election, by=by, at=at, rule=election.rule)
    return election


def _has_happened(election: Election, step: Step) -> bool:
    """Whether the stage that a date leads to has been reached."""
    reached = {
        Stage.DRAFT: (),
        Stage.NOTICE_GIVEN: (Step.NOTICE,),
        Stage.NOMINATIONS_CLOSED: (Step.NOTICE, Step.NOMINATIONS, Step.STATEMENT, Step.WITHDRAWALS),
    }
    everything_but_the_close = (Step.NOTICE, Step.NOMINATIONS, Step.STATEMENT, Step.WITHDRAWALS, Step.POLL)
    return step in reached.get(election.at_stage, everything_but_the_close)
