"""Envelopes first; then the papers in them, keyed by two people; nothing half entered."""

import secrets

import pytest

from tests.factories import voting as make
from voting import actions
from voting.ballots import Answer
from voting.box.models import Ballot, Pile
from voting.lifecycle import Step
from voting.models import Mark, PaperBatch, RollEntry
from voting.queries import dates_of

pytestmark = pytest.mark.django_db
FIRST = (Answer(("c1", "c2")), Answer(("c2",)), Answer(rejected="uncertain"))


@pytest.fixture
def closing(closed_with_paper):
    return dates_of(closed_with_paper)[Step.CLOSE]


@pytest.fixture
def closed_with_paper(polling, officer, during):
    """Three envelopes came back; voting has closed."""
    numbers = list(RollEntry.objects.order_by("member_ref").values_list("voter_number", flat=True)[:3])
    actions.mark_paper_returns(election=polling, voter_numbers=numbers, by=officer, at=during)
    return make.close_poll(polling)


def in_box(election):
    return Ballot.objects.filter(urn=election.box_key).count()


def test_envelopes_are_marked_once_and_strangers_named(polling, officer, during):
    number = RollEntry.objects.first().voter_number
    actions.mark_paper_returns(election=polling, voter_numbers=[number], by=officer, at=during)

    again = actions.mark_paper_returns(
        election=polling, voter_numbers=[f" {number.lower()} ", "ZZZZ-ZZZZ"], by=officer, at=during
    )

    assert again == actions.PaperMarks(0, (number,), ("ZZZZ-ZZZZ",))


def test_the_channel_marked_first_wins(polling, nurses, officer, during):
    actions.cast_vote(
        election=polling,
        member_ref=nurses[0].reference,
        answer=Answer(("c1",)),
        submission=secrets.token_hex(32),
        at=during,
    )

    everybody = actions.mark_paper_returns(election=polling, by=officer, at=during)

    assert everybody.marked == 9
    assert sorted(Mark.objects.values_list("channel", flat=True)) == ["paper"] * 9 + ["web"]


def test_who_voted_on_paper_cannot_vote_on_the_site(polling, nurses, officer, during):
    actions.mark_paper_returns(election=polling, by=officer, at=during)

    with pytest.raises(actions.ElectionRefused, match="You have voted: on paper"):
        actions.cast_vote(
            election=polling, member_ref=nurses[0].reference, answer=Answer(("c1",)), submission="x", at=during
        )
    assert in_box(polling) == 0


def test_papers_are_not_opened_before_the_close(polling, officer, during):
    actions.mark_paper_returns(election=polling, by=officer, at=during)

    with pytest.raises(actions.ElectionRefused, match="not possible at the stage “voting open”"):
        actions.key_paper_batch(election=polling, papers=FIRST, by=officer, at=during)


def test_two_people_who_agree_put_papers_in_the_box(closed_with_paper, officer, scrutineer, closing):
    batch = actions.key_paper_batch(election=closed_with_paper, papers=FIRST, by=officer, at=closing)
    assert in_box(closed_with_paper) == 0

    actions.confirm_paper_batch(batch=batch, papers=FIRST[::-1], by=scrutineer, at=closing)

    batch.refresh_from_db()
    assert (batch.state, batch.confirmed_by, in_box(closed_with_paper)) == ("confirmed", scrutineer, 3)
    assert Pile.objects.get().papers == []


def test_the_same_person_does_not_confirm(closed_with_paper, officer, closing):
    batch = actions.key_paper_batch(election=closed_with_paper, papers=FIRST, by=officer, at=closing)

    with pytest.raises(actions.ElectionRefused, match="You keyed the first copy of batch B1"):
        actions.confirm_paper_batch(batch=batch, papers=FIRST, by=officer, at=closing)


def test_copies_that_differ_name_the_line_and_keep_nothing(closed_with_paper, officer, scrutineer, closing):
    batch = actions.key_paper_batch(election=closed_with_paper, papers=FIRST, by=officer, at=closing)
    second = (FIRST[0], Answer(("c3",)), FIRST[2])

    with pytest.raises(actions.CopiesDiffer) as differ:
        actions.confirm_paper_batch(batch=batch, papers=second, by=scrutineer, at=closing)

    assert str(differ.value) == "The two copies differ. Look again at line 2."
    batch.refresh_from_db()
    assert (batch.state, in_box(closed_with_paper)) == ("keyed", 0)


def test_more_papers_than_envelopes_are_refused(closed_with_paper, officer, closing):
    with pytest.raises(actions.ElectionRefused, match="3 envelopes are marked on the roll and 0 papers entered"):
        actions.key_paper_batch(election=closed_with_paper, papers=[*FIRST, FIRST[0]], by=officer, at=closing)

    assert not PaperBatch.objects.exists()
    assert not Pile.objects.exists()


def test_a_batch_that_waits_counts_towards_the_envelopes(closed_with_paper, officer, closing):
    actions.key_paper_batch(election=closed_with_paper, papers=FIRST[:2], by=officer, at=closing)

    with pytest.raises(actions.ElectionRefused, match="so this batch may hold 1 at most; it holds 2"):
        actions.key_paper_batch(election=closed_with_paper, papers=FIRST[:2], by=officer, at=closing)


def test_a_discarded_batch_makes_room_for_the_next(
    closed_with_paper, officer, closing, django_capture_on_commit_callbacks
):
    batch = actions.key_paper_batch(election=closed_with_paper, papers=FIRST, by=officer, at=closing)

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_paper_batch(batch=batch, reason="Two sheets stuck together.", by=officer, at=closing)
    again = actions.key_paper_batch(election=closed_with_paper, papers=FIRST, by=officer, at=closing)

    assert (again.reference, Pile.objects.count()) == ("B2", 1)


def test_a_confirmation_killed_half_way_finishes_the_second_time(closed_with_paper, officer, scrutineer, closing):
    """The ballots reached the box, and the desk's own row was not written: keying again finishes, once."""
    batch = actions.key_paper_batch(election=closed_with_paper, papers=FIRST, by=officer, at=closing)
    actions.confirm_paper_batch(batch=batch, papers=FIRST, by=scrutineer, at=closing)
    PaperBatch.objects.update(state="keyed", confirmed_by=None, confirmed_at=None)

    actions.confirm_paper_batch(batch=batch, papers=FIRST, by=scrutineer, at=closing)

    assert (PaperBatch.objects.get().state, in_box(closed_with_paper)) == ("confirmed", 3)


def test_missing_papers_are_explained_before_the_count(closed_with_paper, officer, scrutineer, closing):
    batch = actions.key_paper_batch(election=closed_with_paper, papers=FIRST[:2], by=officer, at=closing)
    actions.confirm_paper_batch(batch=batch, papers=FIRST[:2], by=scrutineer, at=closing)
    with pytest.raises(actions.ElectionRefused, match="Enter the other 1, or record why"):
        actions.count_votes(election=closed_with_paper, by=officer, at=closing)

    actions.explain_missing_papers(election=closed_with_paper, reason="One envelope was empty.", by=officer, at=closing)

    assert actions.count_votes(election=closed_with_paper, by=officer, at=closing).ballots == 2


def test_rejected_papers_are_counted_by_ground(closed_with_paper, officer, scrutineer, closing):
    papers = [Answer(("c1",)), Answer(), Answer(rejected="identified")]
    batch = actions.key_paper_batch(election=closed_with_paper, papers=papers, by=officer, at=closing)
    actions.confirm_paper_batch(batch=batch, papers=papers, by=scrutineer, at=closing)

    count = actions.count_votes(election=closed_with_paper, by=officer, at=closing)

    assert (count.ballots, count.valid, count.rejected) == (3, 1, {"blank": 1, "identified": 1})
