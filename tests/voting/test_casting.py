"""One vote each, whatever is pressed twice, killed half-way or tried at once."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from members.actions import cease_membership
from mutualgov.core.clock import uk_date
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.scope import acting_in
from tests.factories import voting as make
from tests.factories.members import make_member
from voting import actions
from voting.ballots import Answer
from voting.box import pool
from voting.box.models import Ballot
from voting.lifecycle import GRACE, Stage, Step
from voting.models import Mark
from voting.queries import dates_of

FIRST, OTHER = Answer(("c1", "c2")), Answer(("c3",))
in_a_transaction = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


def cast(election, voter, answer=FIRST, *, at, submission="a" * 64):
    return actions.cast_vote(election=election, member_ref=voter.reference, answer=answer, submission=submission, at=at)


def lying_in_the_box(election):
    return Ballot.objects.filter(urn=election.box_key).count()


@in_a_transaction
def test_a_second_press_is_the_same_vote(polling, nurses, during):
    receipts = [cast(polling, nurses[0], at=during) for _ in range(2)]

    assert receipts[0] == receipts[1]
    assert (Mark.objects.count(), lying_in_the_box(polling)) == (1, 1)


@in_a_transaction
def test_another_submission_of_the_same_voter_is_refused(polling, nurses, during):
    cast(polling, nurses[0], at=during)

    with pytest.raises(actions.ElectionRefused, match="You have voted: on the site"):
        cast(polling, nurses[0], OTHER, at=during, submission="b" * 64)
    assert lying_in_the_box(polling) == 1


@in_a_transaction
def test_the_same_submission_with_other_choices_keeps_the_first(polling, nurses, during):
    cast(polling, nurses[0], at=during)

    with pytest.raises(pool.BallotDiffers, match="That first vote stands"):
        cast(polling, nurses[0], OTHER, at=during)
    assert lying_in_the_box(polling) == 1


@in_a_transaction
def test_a_vote_killed_between_mark_and_deposit_is_finished_by_a_retry(polling, nurses, during, monkeypatch):
    class Killed(Exception):
        pass

    def kill(*_):
        raise Killed

    monkeypatch.setattr(pool, "deposit", kill)
    with pytest.raises(Killed):
        cast(polling, nurses[0], at=during)
    monkeypatch.undo()
    assert (Mark.objects.count(), lying_in_the_box(polling)) == (1, 0)

    cast(polling, nurses[0], at=during)

    assert (Mark.objects.count(), lying_in_the_box(polling)) == (1, 1)


@in_a_transaction
@pytest.mark.parametrize(
    ("late", "arrives"), [(timedelta(0), True), (GRACE, True), (GRACE + timedelta(seconds=1), False)]
)
def test_an_interrupted_vote_may_be_finished_shortly_after_the_close(
    polling, nurses, during, monkeypatch, late, arrives
):
    monkeypatch.setattr(pool, "deposit", lambda *_: None)
    cast(polling, nurses[0], at=during)
    monkeypatch.undo()
    at = dates_of(polling)[Step.CLOSE] + late

    if arrives:
        cast(polling, nurses[0], at=at)
    else:
        with pytest.raises(actions.ElectionRefused, match="reached the ballot box too late"):
            cast(polling, nurses[0], at=at)

    assert lying_in_the_box(polling) == int(arrives)


@in_a_transaction
def test_a_sealed_box_takes_nothing_more(polling, nurses, during):
    pool.seal(polling.box_key)

    with pytest.raises(pool.BoxSealed):
        cast(polling, nurses[0], at=during)


@in_a_transaction
def test_a_late_vote_is_refused_by_the_clock_though_nobody_has_closed_the_poll(polling, nurses):
    closes = dates_of(polling)[Step.CLOSE]

    with pytest.raises(actions.ElectionRefused):
        cast(polling, nurses[0], at=closes)

    polling.refresh_from_db()
    assert (polling.at_stage, lying_in_the_box(polling)) == (Stage.CLOSED, 0)


@in_a_transaction
def test_voting_opens_by_the_clock_though_nobody_has_opened_it(contested, nurses):
    opens = dates_of(contested)[Step.POLL]
    actions.freeze_roll(election=contested, by="tests", at=opens - timedelta(days=1))

    cast(contested, nurses[0], at=opens)

    contested.refresh_from_db()
    assert (contested.at_stage, lying_in_the_box(contested)) == (Stage.OPEN, 1)


@in_a_transaction
def test_the_clock_acts_once(contested, nurses):
    opens = dates_of(contested)[Step.POLL]
    actions.freeze_roll(election=contested, by="tests", at=opens)

    for _ in range(2):
        actions.follow_clock(election=contested, at=opens)

    assert contested.at_stage is Stage.OPEN


@in_a_transaction
def test_members_of_another_constituency_are_not_on_the_roll(noticed, nurses):
    stranger = make_member("Hal Homecare", constituency_key="homecare")
    election = make.open_poll(make.close_nominations(noticed, nurses[:3]))

    with pytest.raises(actions.ElectionRefused, match="You are not on the roll of this election"):
        cast(election, stranger, at=dates_of(election)[Step.POLL])


@in_a_transaction
def test_the_roll_is_the_register_of_the_record_date_and_can_be_made_again(contested, nurses):
    leaves = uk_date(contested.notice_at) + timedelta(days=3)
    cease_membership(membership=nurses[9], effective_on=leaves, reason="resigned", by="tests", at=contested.notice_at)
    election = make.open_poll(contested)

    again = actions.poll.roll_references(election, on=election.record_on, known_at=election.roll_frozen_at)

    assert nurses[9].reference in again
    assert sorted(election.roll.values_list("member_ref", flat=True)) == again


@in_a_transaction
def test_a_blank_vote_counts_as_turnout_only(polling, nurses, during, officer):
    cast(polling, nurses[0], Answer(), at=during, submission="a" * 64)
    cast(polling, nurses[1], Answer(("c2",)), at=during, submission="b" * 64)
    cast(polling, nurses[2], Answer(("c1",)), at=during, submission="c" * 64)
    closed = make.close_poll(polling)

    count = actions.count_votes(election=closed, by=officer, at=dates_of(closed)[Step.CLOSE])

    assert (count.ballots, count.valid, count.rejected, sorted(count.elected)) == (3, 2, {"blank": 1}, ["c1", "c2"])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time by itself")
@committed
@pytest.mark.parametrize("same", [True, False], ids=["one submission", "two submissions"])
def test_eight_presses_at_once_are_one_vote(for_real, weavers, same):
    election, members = for_real(4)
    with acting_in(weavers), transaction.atomic():
        at = dates_of(election)[Step.POLL]
    submissions = ["a" * 64] * 8 if same else [secrets.token_hex(32) for _ in range(8)]

    def press(submission):
        try:
            with acting_in(weavers):
                return cast(election, members[0], at=at, submission=submission).tracker
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(press, submissions))

    with acting_in(weavers), transaction.atomic(), transaction.atomic(using="box"):
        assert (Mark.objects.count(), lying_in_the_box(election)) == (1, 1)
    assert len(set(said)) == (1 if same else 2)
    assert said.count("ElectionRefused") == (0 if same else 7)
