"""The feed of an election says that something moved, to those who may see it."""

import pytest

from tests.conftest import NOON
from voting import actions
from voting.lifecycle import Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """What is published, in order."""
    from voting.actions import common

    sent = []
    monkeypatch.setattr(common, "publish", lambda kind, reference, **news: sent.append((kind, reference, news)))
    return sent


def test_each_change_is_told_with_a_growing_version_and_nothing_else(noticed, officer, told):
    actions.bring_forward(election=noticed, step=Step.NOMINATIONS, reason="A test.", by=officer, at=NOON)
    actions.abandon(election=noticed, reason="A test.", by=officer, at=NOON)

    kind = ("election", noticed.reference)
    assert told == [
        (*kind, {"event": "election.changed", "version": 3}),
        (*kind, {"event": "election.changed", "version": 4}),
    ]


def test_a_vote_is_no_news(polling, nurses, during, told):
    from voting.ballots import Answer

    actions.cast_vote(
        election=polling, member_ref=nurses[0].reference, answer=Answer(("c1",)), submission="s", at=during
    )

    assert told == []
