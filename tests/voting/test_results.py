"""The count from the sealed box, ties that stop and ask, what is published."""

import secrets
from datetime import timedelta

import pytest

from mutualgov.audit.models import AuditEntry
from tests.factories import voting as make
from voting import actions
from voting.ballots import Answer
from voting.count_sheet import chart_of, table_of
from voting.lifecycle import Stage, Step
from voting.models import Count, Declaration, Lot
from voting.queries import candidates, dates_of, declared_names, turnout_band

pytestmark = pytest.mark.django_db


def vote_and_close(election, nurses, *ballots):
    at = dates_of(election)[Step.POLL]
    for voter, chosen in zip(nurses, ballots, strict=False):
        actions.cast_vote(
            election=election,
            member_ref=voter.reference,
            answer=Answer(tuple(chosen.split())),
            submission=secrets.token_hex(32),
            at=at,
        )
    return make.close_poll(election)


@pytest.fixture
def tied(polling, nurses):
    """Two quotas; the second and third candidate are level to the end."""
    return vote_and_close(polling, nurses, "c1", "c1", "c1", "c2", "c2", "c3", "c3")


def closing(election):
    return dates_of(election)[Step.CLOSE]


def test_a_tie_stops_the_count_and_asks(tied, officer):
    count = actions.count_votes(election=tied, by=officer, at=closing(tied))

    tied.refresh_from_db()
    assert (tied.at_stage, count.elected, count.stopped_at.among, count.stopped_at.places) == (
        Stage.CLOSED,
        [],
        ["c2", "c3"],
        1,
    )


def test_a_lot_on_record_completes_the_count_and_can_be_replayed(tied, officer):
    first = actions.count_votes(election=tied, by=officer, at=closing(tied))

    second = actions.record_lot(
        election=tied, drawn=["c2"], how="Drawn from a hat before Sam Shuttle.", by=officer, at=closing(tied)
    )

    tied.refresh_from_db()
    lot = Lot.objects.get()
    assert (tied.at_stage, second.number, second.lots, second.ballots_hash) == (
        Stage.COUNTED,
        2,
        [lot.number],
        first.ballots_hash,
    )
    assert (lot.event, lot.among, lot.drawn) == (first.stopped_at.event, ["c2", "c3"], ["c2"])
    assert len(second.elected) == 2
    assert AuditEntry.objects.get(action="voting.lot_drawn").details["drawn"] == ["c2"]


@pytest.mark.parametrize(
    ("drawn", "how", "said"),
    [
        (["c1"], "A hat.", "The lot must fall on 1 of these"),
        (["c2", "c3"], "A hat.", "The lot must fall on 1 of these"),
        (["c2"], " ", "Say how the lot was drawn"),
    ],
)
def test_a_lot_that_cannot_be_is_refused(tied, officer, drawn, how, said):
    actions.count_votes(election=tied, by=officer, at=closing(tied))

    with pytest.raises(actions.ElectionRefused, match=said):
        actions.record_lot(election=tied, drawn=drawn, how=how, by=officer, at=closing(tied))

    assert not Lot.objects.exists()


def test_a_second_count_waits_for_the_lot(tied, officer):
    actions.count_votes(election=tied, by=officer, at=closing(tied))

    with pytest.raises(actions.ElectionRefused, match="stopped at a tie"):
        actions.count_votes(election=tied, by=officer, at=closing(tied))


def test_nobody_is_declared_by_nobody(polling, officer):
    closed = make.close_poll(polling)

    with pytest.raises(actions.ElectionRefused, match="Nobody has voted"):
        actions.count_votes(election=closed, by=officer, at=closing(closed))

    assert not Count.objects.exists()


def test_the_result_names_the_elected_in_order_and_by_ballot_name(polling, nurses, officer):
    closed = vote_and_close(polling, nurses, "c2 c1", "c2 c1", "c2 c1", "c2 c1", "c1", "c3")
    actions.count_votes(election=closed, by=officer, at=closing(closed))

    declaration = actions.declare_result(election=closed, by=officer, at=closing(closed))

    names = {c.option: c.name for c in candidates(closed)}
    assert declared_names(declaration) == [names["c2"], names["c1"]]
    assert declaration.turnout == "60.0%"


def test_the_sheet_shows_every_stage(polling, nurses, officer):
    closed = vote_and_close(polling, nurses, "c2 c1", "c2 c1", "c2 c1", "c2 c1", "c1", "c3")

    count = actions.count_votes(election=closed, by=officer, at=closing(closed))

    sheet = table_of(count)
    names = [c.name for c in candidates(closed)]
    assert [(row.name, row.votes[0], row.outcome) for row in sheet.rows[:3]] == [
        (names[0], "1.00", "Elected"),
        (names[1], "4.00", "Elected"),
        (names[2], "1.00", "Not elected"),
    ]
    assert sheet.stages[0] == "First preferences"
    assert chart_of(count)[0] == (names[1], 4)
    assert len(sheet.columns.split("|")) == len(sheet.stages) + 2
    assert [sum(pieces) <= 6 for _, pieces in sheet.stacks] == [True] * len(sheet.stages)


def test_a_declaration_is_made_once(polling, nurses, officer):
    closed = vote_and_close(polling, nurses, "c1", "c1", "c2", "c2", "c3")
    actions.count_votes(election=closed, by=officer, at=closing(closed))
    actions.declare_result(election=closed, by=officer, at=closing(closed))

    with pytest.raises(actions.ElectionRefused, match="not possible at the stage “declared”"):
        actions.declare_result(election=closed, by=officer, at=closing(closed))

    assert Declaration.objects.count() == 1


def test_turnout_while_voting_is_open_is_told_in_steps(polling, nurses, during):
    assert turnout_band(polling) == "Fewer than 10 people have voted so far."

    actions.mark_paper_returns(election=polling, by="tests", at=during)

    assert turnout_band(polling) == "At least 100% have voted so far."


def test_a_vote_lost_on_its_way_holds_the_count_only_for_the_grace(polling, nurses, officer, monkeypatch):
    from voting.box import pool

    monkeypatch.setattr(pool, "deposit", lambda *_: None)
    vote_and_cast = dates_of(polling)[Step.POLL]
    actions.cast_vote(
        election=polling, member_ref=nurses[9].reference, answer=Answer(("c1",)), submission="x", at=vote_and_cast
    )
    monkeypatch.undo()
    closed = vote_and_close(polling, nurses, "c1", "c1", "c2", "c2", "c3")

    with pytest.raises(actions.ElectionRefused, match="may still arrive"):
        actions.count_votes(election=closed, by=officer, at=closing(closed))
    count = actions.count_votes(election=closed, by=officer, at=closing(closed) + timedelta(minutes=10))

    assert (sum(count.marks.values()), count.ballots) == (6, 5)
