"""Every stage against every verb, as one table; and the obstacles of each verb."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from tests.conftest import NOON
from tests.factories import voting as make
from voting import actions
from voting.lifecycle import GRACE, MOVES, ElectionFacts, Obstacle, Stage, Step, Verb, obstacles_to
from voting.models import Count, Election, PaperBatch

#: d draft, n notice given, N nominations closed, o open, c closed, C counted; D declared and A abandoned allow nothing.
TABLE = {
    Verb.CHANGE_DATE: "dnNo",
    Verb.GIVE_NOTICE: "d",
    Verb.NOMINATE: "n",
    Verb.DECIDE_NOMINATION: "n",
    Verb.WITHDRAW_NOMINATION: "n",
    Verb.CLOSE_NOMINATIONS: "n",
    Verb.FREEZE_ROLL: "nN",
    Verb.OPEN_POLL: "N",
    Verb.CAST_VOTE: "o",
    Verb.MARK_PAPER_RETURNS: "oc",
    Verb.CLOSE_POLL: "o",
    Verb.KEY_PAPER_BATCH: "c",
    Verb.CONFIRM_PAPER_BATCH: "c",
    Verb.DISCARD_PAPER_BATCH: "c",
    Verb.COUNT_VOTES: "c",
    Verb.RECORD_LOT: "c",
    Verb.DECLARE_RESULT: "NC",
    Verb.ABANDON: "dnNocC",
}
LETTER = dict(zip(Stage, "dnNocCDA", strict=True))


def test_the_table_names_every_verb():
    assert set(TABLE) == set(Verb)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", Stage)
def test_actions_open_in_their_stages_only(stage, contested, nurses, officer, scrutineer):
    nomination = contested.nominations.first()
    batch = PaperBatch.objects.create(election=contested, reference="B1", papers=1, keyed_by=officer, keyed_at=NOON)
    Count.objects.create(
        election=contested, number=1, sheet={}, elected=["c1", "c2"], marks={}, ballots=0, valid=0, rejected={},
        ballots_hash="", counted_at=NOON,
    )  # fmt: skip
    Election.objects.filter(pk=contested.pk).update(stage=stage)
    given = {"election": contested, "by": officer, "at": NOON}
    verbs = {
        Verb.CHANGE_DATE: lambda: actions.change_date(step=Step.CLOSE, to=NOON, reason="", **given),
        Verb.GIVE_NOTICE: lambda: actions.give_notice(**given),
        Verb.NOMINATE: lambda: make.make_nomination(contested, nurses[5]),
        Verb.DECIDE_NOMINATION: lambda: actions.decide_nomination(
            nomination=nomination, accept=True, by=officer, at=NOON
        ),
        Verb.WITHDRAW_NOMINATION: lambda: actions.withdraw_nomination(nomination=nomination, by=officer, at=NOON),
        Verb.CLOSE_NOMINATIONS: lambda: actions.close_nominations(**given),
        Verb.FREEZE_ROLL: lambda: actions.freeze_roll(**given),
        Verb.OPEN_POLL: lambda: actions.open_poll(**given),
        Verb.CAST_VOTE: lambda: _refuse(actions.obstacles_to_voting(Election.objects.get(pk=contested.pk), at=NOON)),
        Verb.MARK_PAPER_RETURNS: lambda: actions.mark_paper_returns(voter_numbers=[], **given),
        Verb.CLOSE_POLL: lambda: actions.close_poll(**given),
        Verb.KEY_PAPER_BATCH: lambda: actions.key_paper_batch(papers=[], **given),
        Verb.CONFIRM_PAPER_BATCH: lambda: actions.confirm_paper_batch(batch=batch, papers=[], by=officer, at=NOON),
        Verb.DISCARD_PAPER_BATCH: lambda: actions.discard_paper_batch(batch=batch, reason="", by=officer, at=NOON),
        Verb.COUNT_VOTES: lambda: actions.count_votes(**given),
        Verb.RECORD_LOT: lambda: actions.record_lot(drawn=[], how="", **given),
        Verb.DECLARE_RESULT: lambda: actions.declare_result(**given),
        Verb.ABANDON: lambda: actions.abandon(reason="", **given),
    }

    open_now = {verb for verb, act in verbs.items() if not _refused_for_its_stage(act)}

    assert open_now == {verb for verb, stages in TABLE.items() if LETTER[stage] in stages}


def _refuse(obstacles):
    if obstacles:
        raise actions.ElectionRefused(obstacles)


class _Undo(Exception):
    pass


def _refused_for_its_stage(act):
    try:
        with transaction.atomic():
            act()
            raise _Undo
    except _Undo:
        return False
    except actions.ElectionRefused as refusal:
        return any(o.rule == "voting.lifecycle" for o in refusal.obstacles)


def test_stages_only_move_on():
    order = list(Stage)

    assert all(order.index(to) > order.index(stage) for stage, following in MOVES.items() for to in following)
    assert {stage for stage, following in MOVES.items() if not following} == {Stage.DECLARED, Stage.ABANDONED}


DAYS = {step: datetime(2026, 6, 10, 16, tzinfo=UTC) + timedelta(days=5 * place) for place, step in enumerate(Step)}
PLAIN = ElectionFacts(
    stage=Stage.DRAFT,
    seats=2,
    dates=DAYS,
    record_on=date(2026, 6, 10),
    rule="rules.poll",
    candidates=3,
    roll=10,
    marks=7,
    ballots=7,
)


def texts(verb, *, at, **facts):
    return [o.text for o in obstacles_to(verb, replace(PLAIN, **facts), at=at)]


def test_late_notice_names_the_date_and_the_remedy():
    found = obstacles_to(Verb.GIVE_NOTICE, PLAIN, at=DAYS[Step.NOTICE] + timedelta(minutes=1))

    assert found == [
        Obstacle(
            "Notice had to be given by 10 June 2026 at 5pm. Choose a later close of voting, or have the returning "
            "officer set another date for the notice and say why.",
            "rules.poll",
            Step.NOTICE,
        )
    ]


def test_notice_lists_everything_that_stands_in_its_way():
    found = texts(Verb.GIVE_NOTICE, at=DAYS[Step.CLOSE], has_returning_officer=False, terms_still_in_force=False)

    assert len(found) == 3


def test_opening_needs_its_day_a_contest_and_a_roll():
    found = texts(
        Verb.OPEN_POLL, at=DAYS[Step.POLL] - timedelta(hours=1), stage=Stage.NOMINATIONS_CLOSED, candidates=2, roll=None
    )

    assert found == [
        "Voting opens on 30 June 2026 at 5pm.",
        "2 candidates for 2 seats: nothing to vote on. Declare the result without a vote.",
        "The roll is not frozen yet.",
    ]


@pytest.mark.parametrize(("minutes", "refused"), [(-1, ["Voting opens on 30 June 2026 at 5pm."]), (0, []), (1, [])])
def test_voting_opens_on_the_minute(minutes, refused):
    assert texts(Verb.CAST_VOTE, at=DAYS[Step.POLL] + timedelta(minutes=minutes), stage=Stage.OPEN) == refused


@pytest.mark.parametrize(("seconds", "refused"), [(-1, []), (0, ["Voting closed on 5 July 2026 at 5pm."])])
def test_voting_closes_on_the_second(seconds, refused):
    assert texts(Verb.CAST_VOTE, at=DAYS[Step.CLOSE] + timedelta(seconds=seconds), stage=Stage.OPEN) == refused


def test_the_count_waits_for_second_copies_and_missing_papers():
    found = texts(
        Verb.COUNT_VOTES,
        at=DAYS[Step.DECLARE],
        stage=Stage.CLOSED,
        marks=7,
        ballots=4,
        paper_marks=5,
        papers_entered=2,
        batches_waiting=("B2",),
    )

    assert found == [
        "Batch B2 waits for its second copy.",
        "5 envelopes marked on the roll, 2 papers entered. Enter the other 3, or record why they are missing.",
    ]


def test_the_count_waits_for_votes_still_on_their_way_and_no_longer_than_the_grace():
    closed = {"stage": Stage.CLOSED, "marks": 7, "ballots": 6}

    assert texts(Verb.COUNT_VOTES, at=DAYS[Step.CLOSE], **closed) == [
        "1 vote marked just before the close may still arrive, until 5 July 2026 at 5:10pm."
    ]
    assert texts(Verb.COUNT_VOTES, at=DAYS[Step.CLOSE] + GRACE, **closed) == []


def test_more_ballots_than_voters_block_the_count():
    assert texts(Verb.COUNT_VOTES, at=DAYS[Step.DECLARE], stage=Stage.CLOSED, marks=7, ballots=8) == [
        "The ballot box holds 8 ballots, but only 7 voters marked on the roll. The count is blocked until this is "
        "explained."
    ]


def test_nobody_is_elected_by_nobody():
    assert texts(Verb.COUNT_VOTES, at=DAYS[Step.DECLARE], stage=Stage.CLOSED, marks=0, ballots=0) == [
        "Nobody has voted, so nobody can be elected. Abandon this election and call another."
    ]
