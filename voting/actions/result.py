"""Counting, lots, the declaration."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from mutualgov.audit.actions import record
from mutualgov.core.clock import uk_date

from ..ballots import read_body
from ..box import pool
from ..lifecycle import Stage, Verb
from ..models import Count, Declaration, Election, Lot, RollEntry
from ..queries.elections import candidates, style_of
from ..queries.results import latest_count
from ..queries.roll import marks_by_channel
from ..tally import tally
from .common import ElectionRefused, changed, locked, login_or_none, move, refuse_candidates, refuse_obstacles
from .poll import write_marks_anew


@transaction.atomic
def count_votes(*, election: Election, by: Any, at: datetime) -> Count:
    """Seal the ballot box for good and count what lies in it.

    Returns the count with every stage; where equals can only be told apart by lot, its ``tie`` says between whom, the
    election stays at its stage, and ``record_lot`` counts again. The same box always gives the same count.
    """
    election = locked(election)
    refuse_obstacles(Verb.COUNT_VOTES, election, at=at)
    refuse_candidates(election, by=by, at=at)
    write_marks_anew(election)
    return _count(election, by=by, at=at)


@transaction.atomic
def record_lot(*, election: Election, drawn: Sequence[str], how: str, by: Any, at: datetime) -> Count:
    """Put a lot on record, as the returning officer drew it, and count again with it.

    drawn  option ids on whom the lot fell
    how    how it was drawn, and before whom
    """
    election = locked(election)
    refuse_obstacles(Verb.RECORD_LOT, election, at=at)
    refuse_candidates(election, by=by, at=at)
    count = latest_count(election)
    tie = count.stopped_at if count else None
    if tie is None:
        raise ElectionRefused("No tie waits for a lot.", rule="voting.lot")
    names = {candidate.option: candidate.name for candidate in candidates(election)}
    if len(set(drawn)) != tie.places or not set(drawn) <= set(tie.among):
        among = ", ".join(names[option] for option in tie.among)
        raise ElectionRefused(f"The lot must fall on {tie.places} of these: {among}.", rule="voting.lot")
    if not how.strip():
        raise ElectionRefused("Say how the lot was drawn and who was there.", rule="voting.lot")
    lot = Lot.objects.create(
        election=election,
        number=Lot.objects.filter(election=election).count() + 1,
        event=tie.event,
        among=tie.among,
        drawn=list(drawn),
        how=how.strip(),
        drawn_by=login_or_none(by),
        drawn_at=at,
    )
    record(
        "voting.lot_drawn",
        election,
        by=by,
        at=at,
        rule="voting.lot",
        lot=lot.number,
        event=lot.event,
        among=lot.among,
        drawn=lot.drawn,
    )
    return _count(election, by=by, at=at)


def _count(election: Election, *, by: Any, at: datetime) -> Count:
    ballots = pool.seal(election.box_key)
    style = style_of(election)
    lots = list(Lot.objects.filter(election=election))
    counted = tally(
        candidates=[(candidate.option, candidate.name) for candidate in candidates(election)],
        seats=election.seats,
        rule=election.count_rule,
        answers=[read_body(body, style=style) for _, body in ballots],
        drawn={lot.event: tuple(lot.drawn) for lot in lots},
        title=election.title,
    )
    count = Count.objects.create(
        election=election,
        number=Count.objects.filter(election=election).count() + 1,
        sheet=counted.sheet,
        elected=list(counted.elected),
        tie=asdict(counted.tie) if counted.tie else None,
        lots=[lot.number for lot in lots],
        marks=marks_by_channel(election),
        ballots=len(ballots),
        valid=counted.valid,
        rejected=counted.rejected,
        ballots_hash=hashlib.sha256(b"".join(body for _, body in ballots)).hexdigest(),
        counted_by=login_or_none(by),
        counted_at=at,
    )
    if count.tie:
        changed(election)
    else:
        move(election, Stage.COUNTED)
    record(
        "voting.votes_counted",
        election,
        by=by,
        at=at,
        rule=election.count_rule,
        count=count.number,
        ballots=count.ballots,
        valid=count.valid,
        rejected=count.rejected,
        elected=count.elected,
        tie=bool(count.tie),
    )
    return count


@transaction.atomic
def declare_result(*, election: Election, by: Any, at: datetime) -> Declaration:
    """Declare who is elected, in order: after the count, or without a vote where no more stand than there are seats."""
    election = locked(election)
    refuse_obstacles(Verb.DECLARE_RESULT, election, at=at)
    refuse_candidates(election, by=by, at=at)
    standing = candidates(election)
    uncontested = election.at_stage is Stage.NOMINATIONS_CLOSED
    count = None if uncontested else latest_count(election)
    members = {candidate.option: candidate.member_ref for candidate in standing}
    elected = list(members.values()) if count is None else [members[option] for option in count.elected]
    declaration = Declaration.objects.create(
        election=election,
        count=count,
        elected=elected,
        unfilled=election.seats - len(elected),
        uncontested=uncontested,
        voters=None if uncontested else RollEntry.objects.filter(election=election).count(),
        voted=None if count is None else sum(count.marks.values()),
        declared_on=uk_date(at),
        declared_at=at,
        declared_by=login_or_none(by),
    )
    move(election, Stage.DECLARED)
    record(
        "voting.election_declared",
        election,
        by=by,
        at=at,
        rule=election.rule,
        body=election.body_key,
        seat=election.seat_key,
        elected=elected,
        declared_on=declaration.declared_on.isoformat(),
        uncontested=uncontested,
        unfilled=declaration.unfilled,
    )
    return declaration
