"""A whole election, from the call to the declaration."""

import secrets

import pytest

from mutualgov.audit.models import AuditEntry
from mutualgov.audit.queries import chain_faults
from tests.factories import voting as make
from voting import actions
from voting.ballots import Answer
from voting.lifecycle import Step
from voting.models import Declaration
from voting.queries import candidates, dates_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(polling, nurses, during):
    """Seven have voted: four for the first candidate, then the third; three for the second."""
    for voter in nurses[:4]:
        cast(polling, voter, ("c1", "c3"), at=during)
    for voter in nurses[4:7]:
        cast(polling, voter, ("c2",), at=during)
    return make.close_poll(polling)


def cast(election, voter, chosen, *, at, submission=None):
    return actions.cast_vote(
        election=election,
        member_ref=voter.reference,
        answer=Answer(chosen),
        submission=submission or secrets.token_hex(32),
        at=at,
    )


def test_members_elect_two_governors(closed, nurses, officer):
    at = dates_of(closed)[Step.CLOSE]
    count = actions.count_votes(election=closed, by=officer, at=at)
    closed.refresh_from_db()

    declaration = actions.declare_result(election=closed, by=officer, at=at)

    names = {c.option: c.member_ref for c in candidates(closed)}
    assert (count.ballots, count.valid, count.rejected, count.tie) == (7, 7, {}, None)
    assert count.elected == ["c1", "c2"]
    assert declaration.elected == [names["c1"], names["c2"]]
    assert (declaration.voters, declaration.voted, declaration.unfilled) == (10, 7, 0)
    told = AuditEntry.objects.get(action="voting.election_declared")
    assert told.details == {
        "body": "council",
        "seat": "staff_governor_nursing",
        "elected": declaration.elected,
        "declared_on": declaration.declared_on.isoformat(),
        "uncontested": False,
        "unfilled": 0,
    }
    assert chain_faults() == []


def test_the_chain_says_nothing_of_single_votes(closed):
    actions_told = set(AuditEntry.objects.filter(subject=closed.reference).values_list("action", flat=True))

    assert actions_told == {
        "voting.election_called",
        "voting.notice_given",
        "voting.nominations_closed",
        "voting.roll_frozen",
        "voting.poll_opened",
        "voting.poll_closed",
    }


def test_as_many_candidates_as_seats_are_declared_without_a_vote(noticed, nurses, officer):
    election = make.close_nominations(noticed, nurses[:2])

    declaration = actions.declare_result(election=election, by=officer, at=dates_of(election)[Step.WITHDRAWALS])

    assert (declaration.uncontested, declaration.elected, declaration.unfilled) == (
        True,
        [c.member_ref for c in candidates(election)],
        0,
    )


@pytest.mark.parametrize("standing", [0, 1])
def test_fewer_candidates_than_seats_leave_seats_unfilled(noticed, nurses, officer, standing):
    election = make.close_nominations(noticed, nurses[:standing])

    declaration = actions.declare_result(election=election, by=officer, at=dates_of(election)[Step.WITHDRAWALS])

    assert (len(declaration.elected), declaration.unfilled) == (standing, 2 - standing)
    assert Declaration.objects.get() == declaration
