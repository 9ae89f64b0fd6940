"""What the landing page asks of each person while an election runs; how many queries the lists cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.actions import link_login
from mutualgov.access.permissions import Role
from mutualgov.duties.needs import Asker, needs_of
from tests.conftest import NOON, make_login
from tests.factories import voting as make
from voting import actions
from voting.ballots import Answer
from voting.lifecycle import Step
from voting.queries import dates_of, roll_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(nurses, ruled):
    login = make_login("Nora Nurse", ruled)
    link_login(membership=nurses[5], user=login, by="tests", at=NOON)
    return login


def titles(user, *roles, at=NOON):
    return [need.title for need in needs_of(Asker(user, frozenset(roles), at)) if "lection" in need.url]


def test_a_member_may_stand_while_nominations_are_open(noticed, nurse):
    assert titles(nurse, Role.MEMBER) == ["Stand for election: staff governor for nursing and therapy"]


def test_a_member_votes_once(polling, nurse, nurses, during):
    asked = titles(nurse, Role.MEMBER, at=during)
    actions.cast_vote(
        election=polling, member_ref=nurses[5].reference, answer=Answer(("c1",)), submission="s", at=during
    )

    assert asked == ["Vote in the election of staff governor for nursing and therapy, the council"]
    assert titles(nurse, Role.MEMBER, at=during) == []


def test_the_officer_decides_then_closes(noticed, nurses, officer):
    nominations = [make.make_nomination(noticed, nurse) for nurse in nurses[:3]]
    asked = titles(officer, Role.RETURNING_OFFICER)
    for one in nominations:
        actions.decide_nomination(nomination=one, accept=True, by=officer, at=NOON)
    later = dates_of(noticed)[Step.WITHDRAWALS]

    assert asked == ["Decide 3 nominations", "Freeze the roll"]
    assert titles(officer, Role.RETURNING_OFFICER, at=later) == ["Close nominations"]


def test_somebody_else_keys_the_second_copy(polling, officer, scrutineer, during):
    actions.mark_paper_returns(election=polling, by=officer, at=during)
    closed = make.close_poll(polling)
    at = dates_of(closed)[Step.CLOSE]
    actions.key_paper_batch(election=closed, papers=[Answer(("c1",))] * 10, by=officer, at=at)

    assert titles(scrutineer, Role.SCRUTINEER, at=at) == ["Key the second copy of batch B1"]
    assert titles(officer, Role.RETURNING_OFFICER, at=at) == []


def test_the_officer_counts_and_declares(polling, officer, scrutineer, during):
    actions.mark_paper_returns(election=polling, by=officer, at=during)
    closed = make.close_poll(polling)
    at = dates_of(closed)[Step.CLOSE]
    papers = [*[Answer(("c1",))] * 5, *[Answer(("c2",))] * 4, Answer(("c3",))]
    batch = actions.key_paper_batch(election=closed, papers=papers, by=officer, at=at)
    actions.confirm_paper_batch(batch=batch, papers=papers, by=scrutineer, at=at)
    to_count = titles(officer, Role.RETURNING_OFFICER, at=at)
    actions.count_votes(election=closed, by=officer, at=at)

    assert to_count == ["Count the votes"]
    assert titles(officer, Role.RETURNING_OFFICER, at=at) == ["Declare the result"]


def test_the_roll_costs_the_same_for_one_and_for_ten(polling):
    with CaptureQueriesContext(connection) as ten:
        assert len(roll_lines(polling)) == 10
    polling.roll.exclude(pk=polling.roll.first().pk).delete()
    with CaptureQueriesContext(connection) as one:
        assert len(roll_lines(polling)) == 1

    assert len(ten) == len(one) <= 4


def test_the_list_of_elections_costs_the_same_for_one_and_for_three(client, secretary, ruled, officer, nurses):
    client.force_login(secretary)
    client.get("/weavers/elections/")
    make.make_election()
    with CaptureQueriesContext(connection) as one:
        client.get("/weavers/elections/")
    make.make_election()
    make.make_election()
    with CaptureQueriesContext(connection) as three:
        client.get("/weavers/elections/")

    assert len(three) == len(one)
