"""The roll, opening, casting, closing.

A vote is written in two databases: first the mark on the roll, committed, then the ballot in the box. Whatever is
interrupted in between, the same submission finishes the same vote; another submission of the same voter is refused.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from members.queries import members_in
from mutualgov.audit.actions import record
from mutualgov.core.canonical import canonical_json
from mutualgov.core.clock import uk_date
from mutualgov.core.references import ALPHABET

from ..ballots import Answer, check_answer, leaf_hash, mark_hash, sealed_length, tracker
from ..box import pool
from ..lifecycle import GRACE, ElectionFacts, Obstacle, Stage, Step, Verb, obstacles_to
from ..models import Election, Mark, RollEntry
from ..queries.elections import dates_of, facts_of, style_of
from ..queries.roll import marks_by_channel
from ..schedule import reink_daily, stop_reinking
from .common import ElectionRefused, changed, locked, move, refuse_candidates, refuse_obstacles

CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter takes away: that a ballot lies in the box, under which name. Never what it says."""

    tracker: str


@transaction.atomic
def freeze_roll(*, election: Election, by: Any, at: datetime) -> Election:
    """Take the roll as the register stands on the record date, as it is known now. It can be made again from both."""
    election = locked(election)
    refuse_obstacles(Verb.FREEZE_ROLL, election, at=at)
    refuse_candidates(election, by=by, at=at)
    if election.record_on is None:
        raise ValueError(f"{election.reference} has no record date")
    references = roll_references(election, on=election.record_on, known_at=at)
    numbers = _voter_numbers(len(references))
    RollEntry.objects.bulk_create(
        sorted(
            (
                RollEntry(election=election, member_ref=reference, voter_number=number, style=election.seat_key)
                for reference, number in zip(references, numbers, strict=True)
            ),
            key=lambda entry: entry.pk,
        ),
        batch_size=1000,
    )
    election.roll_frozen_at = at
    changed(election, "roll_frozen_at")
    record(
        "voting.roll_frozen",
        election,
        by=by,
        at=at,
        rule=election.rule,
        record_on=election.record_on.isoformat(),
        voters=len(references),
        roll=roll_hash(references),
    )
    return election


def roll_references(election: Election, *, on: date, known_at: datetime) -> list[str]:
    """References of the members who may vote, from the register on the record date as known at a moment."""
    lines = members_in(by=election.electorate, on=on, known_at=known_at)
    return sorted(line.reference for line in lines)


def roll_hash(references: list[str]) -> str:
    return sha256(canonical_json(sorted(references))).hexdigest()


@transaction.atomic
def open_poll(*, election: Election, by: Any, at: datetime) -> Election:
    """Open voting, and the ballot box with it."""
    election = locked(election)
    refuse_obstacles(Verb.OPEN_POLL, election, at=at)
    refuse_candidates(election, by=by, at=at)
    pool.set_up(election.box_key)
    move(election, Stage.OPEN)
    reink_daily(election, from_at=at)
    record(
        "voting.poll_opened",
        election,
        by=by,
        at=at,
        rule=election.rule,
        voters=RollEntry.objects.filter(election=election).count(),
    )
    return election


@sensitive_variables()
def cast_vote(*, election: Election, member_ref: str, answer: Answer, submission: str, at: datetime) -> Receipt:
    """Cast one vote on the site: mark the voter, then put the ballot in the box.

    submission  the random id that the ballot page carries; the same id finishes the same vote and never doubles it

    Runs outside any transaction, because the mark must be on record before the ballot is. Leaves nothing in the chain:
    an entry would have a number and a time. Raises ElectionRefused, BallotRefused, BoxSealed, BallotDiffers.
    """
    follow_clock(election=election, at=at)
    with transaction.atomic(durable=True):
        election = locked(election)
        style = style_of(election)
        check_answer(answer, style=style)
        _mark_on_the_web(election, member_ref=member_ref, request_hash=mark_hash(submission), at=at)
    leaf = leaf_hash(submission)
    pool.deposit(election.box_key, [pool.Slip(leaf, style.contest, sealed_length(answer, style=style))])
    return Receipt(tracker(leaf))


def _mark_on_the_web(election: Election, *, member_ref: str, request_hash: str, at: datetime) -> None:
    entry = RollEntry.objects.filter(election=election, member_ref=member_ref).first()
    if entry is None:
        raise ElectionRefused(
            f"You are not on the roll of this election. It holds those who belonged to {election.electorate_name} on "
            "the day the roll was taken.",
            rule=election.rule,
        )
    mark = Mark.objects.filter(roll_entry=entry).first()
    if mark is not None and mark.request_hash == request_hash:
        _refuse_after_grace(election, at=at)
        return
    found = obstacles_to_voting(election, at=at)
    if found:
        raise ElectionRefused(found)
    if mark is not None:
        raise ElectionRefused(
            f"You have voted: {mark.get_channel_display().lower()}, on {mark.day.day} {mark.day:%B %Y}. One vote each: "
            "the first counts, and it cannot be changed.",
            rule="voting.one_vote",
        )
    Mark.objects.create(roll_entry=entry, channel=Mark.Channel.WEB, request_hash=request_hash, day=uk_date(at))


def _refuse_after_grace(election: Election, *, at: datetime) -> None:
    last = dates_of(election)[Step.CLOSE] + GRACE
    if at > last:
        raise ElectionRefused(
            "Your vote was begun before the close but reached the ballot box too late. Tell the returning officer.",
            rule=election.rule,
        )


def obstacles_to_voting(election: Election, *, at: datetime) -> list[Obstacle]:
    """What stands in the way of a vote at a moment, by the clock and the stage."""
    facts = ElectionFacts(stage=election.at_stage, seats=election.seats, dates=dates_of(election), rule=election.rule)
    return obstacles_to(Verb.CAST_VOTE, facts, at=at)


@transaction.atomic
def close_poll(*, election: Election, by: Any, at: datetime) -> Election:
    """Close voting. The marks are written anew, so that their places no longer tell who voted when."""
    election = locked(election)
    refuse_obstacles(Verb.CLOSE_POLL, election, at=at)
    refuse_candidates(election, by=by, at=at)
    move(election, Stage.CLOSED)
    stop_reinking(election)
    write_marks_anew(election)
    record(
        "voting.poll_closed", election, by=by, at=at, rule=election.rule, voted=sum(marks_by_channel(election).values())
    )
    return election


@transaction.atomic
def reink(*, election: Election) -> None:
    """Write the marks of an election anew, in the order of their keys. Daily, and whenever they may be looked at."""
    write_marks_anew(locked(election))


@transaction.atomic
def follow_clock(*, election: Election, at: datetime) -> Election:
    """Let the stage follow the clock: open what is due and ready, close what is over. Run twice, it acts once."""
    election.refresh_from_db()
    if election.at_stage is Stage.NOMINATIONS_CLOSED:
        facts = facts_of(election, at=at)
        if facts.contested and not obstacles_to(Verb.OPEN_POLL, facts, at=at):
            election = _unless_somebody_did(open_poll, election, at=at)
    if election.at_stage is Stage.OPEN and at >= dates_of(election)[Step.CLOSE]:
        election = _unless_somebody_did(close_poll, election, at=at)
    return election


def _unless_somebody_did(verb: Any, election: Election, *, at: datetime) -> Election:
    try:
        return verb(election=election, by=CLOCK, at=at)
    except ElectionRefused:
        election.refresh_from_db()
        return election


def write_marks_anew(election: Election) -> None:
    """One transaction for all rows: marks, and roll entries too, whose row locks (``xmax``) would tell the same."""
    marks = list(Mark.objects.filter(roll_entry__election=election).order_by("roll_entry"))
    Mark.objects.filter(roll_entry__election=election).delete()
    RollEntry.objects.filter(election=election).update(style=election.seat_key)
    Mark.objects.bulk_create(marks, batch_size=1000)


def _voter_numbers(count: int) -> list[str]:
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(secrets.choice(ALPHABET) for _ in range(8)))
    return [f"{number[:4]}-{number[4:]}" for number in found]
