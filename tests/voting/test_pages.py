"""A person who has never seen it holds an election in the browser, from the call to the declaration."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from members.actions import link_login
from mutualgov.access.permissions import Role
from mutualgov.core.clock import now, uk_date
from mutualgov.tenancy.scope import acting_in
from tests.conftest import make_login
from tests.factories import voting as make
from tests.factories.members import make_members
from tests.voting.conftest import adopt_riverside
from voting import actions
from voting.lifecycle import Stage, Step
from voting.models import Election, Mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(ruled, officer, scrutineer, secretary):
    """Four nurses with logins; the story plays today, because pages read the clock."""
    members = make_members(4, constituency_key="nursing")
    for membership in members:
        login = make_login(membership.person.name, ruled)
        link_login(membership=membership, user=login, by="tests", at=now())
        membership.login = login
    return members


def at(election, name, **more):
    return reverse(f"voting:{name}", kwargs={"mutual": "weavers", "reference": election.reference, **more})


def post(client, user, url, data=None, *, status=302):
    client.force_login(user)
    answer = client.post(url, data or {})
    assert answer.status_code == status, " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())[-900:]
    return answer


def get(client, user, url, *, status=200):
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def bring_forward(client, officer, election, step):
    post(client, officer, at(election, "bring_forward"), {"step": step, "reason": "A demonstration in one sitting."})


@pytest.fixture
def called(client, cast, secretary):
    """The secretary drafts an election for two seats, through the three questions."""
    page = get(client, secretary, "/weavers/elections/call/?seat=council.staff_governor_nursing", status=302)
    page = get(client, secretary, "/weavers/elections/call/details/?seat=council.staff_governor_nursing")
    assert "How many seats are vacant?" in page
    close = uk_date(now()).replace(year=uk_date(now()).year + 1)
    answers = {
        "seat": "council.staff_governor_nursing",
        "seats": "2",
        "close_on_day": close.day,
        "close_on_month": close.month,
        "close_on_year": close.year,
        "title": "Nursing governors",
        "contact": "Rosa Reed, rosa@example.org",
    }
    query = "&".join(f"{name}={value}" for name, value in answers.items())
    check = get(client, secretary, f"/weavers/elections/call/details/?{query}")
    assert check.count("30 working days before") == 1
    post(client, secretary, "/weavers/elections/call/draft/", answers)
    return Election.objects.get()


def test_the_whole_election_in_one_sitting(client, called, cast, officer, scrutineer):
    assert "Give notice" in get(client, officer, at(called, "election"))
    post(client, officer, at(called, "give_notice"))
    for member in cast[:3]:
        assert "Stand for election" in get(client, member.login, at(called, "stand"))
        post(client, member.login, at(called, "nominate"), nomination(member))
    assert "Waiting for a decision" in get(client, officer, at(called, "nominations"))
    for one in called.nominations.all():
        assert "no ground to reject it" in get(client, officer, at(called, "nomination", nomination=one.reference))
        post(client, officer, at(called, "decide", nomination=one.reference), {"decision": "accept"})
    bring_forward(client, officer, called, "withdrawals")
    post(client, officer, at(called, "close_nominations"))
    post(client, officer, at(called, "freeze"))
    assert "4 voters" in get(client, officer, at(called, "roll"))
    bring_forward(client, officer, called, "poll")
    post(client, officer, at(called, "open"))

    for member in cast[:2]:
        receipt = vote(client, called, member)
        assert "Your vote is in the ballot box" in receipt
    assert "You have voted" in get(client, cast[0].login, at(called, "vote"))
    post(client, officer, at(called, "mark_envelopes"), {"everybody": "on"})
    bring_forward(client, officer, called, "close")
    post(client, officer, at(called, "close"))
    post(client, officer, at(called, "keep_batch"), {"typed": "1 2\n3"})
    assert "Key the second copy of batch B1" in get(client, scrutineer, at(called, "confirm_batch", batch="B1"))
    differ = post(client, scrutineer, at(called, "compare_batch", batch="B1"), {"typed": "1 2\n2"}, status=409)
    assert "Line 2" in differ.content.decode()
    post(client, scrutineer, at(called, "compare_batch", batch="B1"), {"typed": "1 2\n3"})
    post(client, officer, at(called, "count_votes"))
    assert "not declared yet" in get(client, cast[0].login, at(called, "count"))
    assert "Declare the result" in get(client, officer, at(called, "count"))
    post(client, officer, at(called, "declare"))

    called.refresh_from_db()
    assert called.at_stage is Stage.DECLARED
    client.logout()
    public = client.get(at(called, "public")).content.decode()
    assert "Elected, in this order" in public
    assert re.search(r"4\s*</|>4<", public)
    for name in ("election", "dates", "count"):
        get(client, cast[0].login, at(called, name))


def nomination(member):
    return {
        "name": member.person.name,
        "address": "1 High Street",
        "no_interests": "on",
        "statement": "I will listen.",
        "declares_eligible": "on",
        "signed": "on",
    }


def vote(client, election, member):
    """Choose, check, cast; returns the receipt."""
    page = get(client, member.login, at(election, "vote"))
    submission = re.search(r'name="submission" value="([0-9a-f]{64})"', page)[1]
    sent = {"submission": submission, "chosen_c1": "1", "chosen_c2": "2"}
    check = post(client, member.login, at(election, "check_vote"), sent, status=200).content.decode()
    assert "In this order:" in check
    return post(client, member.login, at(election, "cast"), sent, status=200).content.decode()


def test_a_stranger_to_the_roll_is_told_so(client, polling_now, ruled):
    stranger = make_login("Sid Stranger", ruled, Role.MEMBER)

    page = get(client, stranger, at(polling_now, "vote"))

    assert "You are not on the roll" in page


@pytest.fixture
def polling_now(client, called, cast, officer):
    """Voting is open at this moment."""
    moment = now()
    actions.give_notice(election=called, by=officer, at=moment)
    for member in cast[:3]:
        one = make.make_nomination(called, member, at=moment)
        actions.decide_nomination(nomination=one, accept=True, by=officer, at=moment)
    actions.bring_forward(election=called, step=Step.POLL, reason="A test.", by=officer, at=moment)
    actions.close_nominations(election=called, by=officer, at=moment)
    actions.freeze_roll(election=called, by=officer, at=moment)
    return actions.open_poll(election=called, by=officer, at=moment)


def test_no_page_tells_who_has_voted_before_the_close(client, polling_now, cast, officer):
    vote(client, polling_now, cast[0])

    roll = get(client, officer, at(polling_now, "roll"))
    desk = get(client, officer, at(polling_now, "election"))

    assert "On the site" not in roll
    assert "Fewer than 10 people have voted so far." in desk


def test_a_second_ballot_of_the_same_voter_is_refused(client, polling_now, cast):
    page = get(client, cast[0].login, at(polling_now, "vote"))
    later = re.search(r'name="submission" value="([0-9a-f]{64})"', page)[1]
    vote(client, polling_now, cast[0])

    refused = post(client, cast[0].login, at(polling_now, "cast"), {"submission": later, "chosen_c2": "1"}, status=409)

    assert "One vote each" in refused.content.decode()


def test_pressing_cast_twice_gives_the_same_receipt(client, polling_now, cast):
    page = get(client, cast[0].login, at(polling_now, "vote"))
    submission = re.search(r'name="submission" value="([0-9a-f]{64})"', page)[1]
    sent = {"submission": submission, "chosen_c1": "1"}

    first = post(client, cast[0].login, at(polling_now, "cast"), sent, status=200).content.decode()
    second = post(client, cast[0].login, at(polling_now, "cast"), sent, status=200).content.decode()

    tracker = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", first)[0]
    assert tracker in second


def test_a_ballot_page_with_a_guessable_id_is_refused(client, polling_now, cast):
    answer = post(client, cast[0].login, at(polling_now, "cast"), {"submission": "1", "chosen_c1": "1"}, status=409)

    assert "incomplete" in answer.content.decode()


def test_numbering_two_candidates_the_same_is_explained(client, polling_now, cast):
    sent = {"submission": "a" * 64, "chosen_c1": "1", "chosen_c2": "1"}

    page = post(client, cast[0].login, at(polling_now, "check_vote"), sent, status=422).content.decode()

    assert "Use each number once" in page


def test_the_draft_is_not_public(client, called):
    client.logout()

    assert client.get(at(called, "public")).status_code == 404


def test_an_empty_list_says_what_an_election_is(client, secretary, in_weavers):
    with acting_in(in_weavers):
        page = get(client, secretary, "/weavers/elections/")

    assert "No elections yet" in page


@pytest.mark.django_db(transaction=True)
def test_the_ballot_page_commits_the_mark_before_the_ballot(client, weavers):
    """The same with real commits: on PostgreSQL a page that reads outside a transaction would find nothing."""
    moment = now()
    with acting_in(weavers), transaction.atomic():
        adopt_riverside()
        officer = make_login("Rosa Reed", weavers, Role.RETURNING_OFFICER)
        members = make_members(3, constituency_key="nursing")
        login = make_login("Nora Nurse", weavers)
        link_login(membership=members[0], user=login, by="tests", at=moment)
        members[0].login = login
        election = make.give_notice(make.make_election(at=moment), at=moment)
        for member in members:
            one = make.make_nomination(election, member, at=moment)
            actions.decide_nomination(nomination=one, accept=True, by=officer, at=moment)
        actions.bring_forward(election=election, step=Step.POLL, reason="A test.", by=officer, at=moment)
        actions.close_nominations(election=election, by=officer, at=moment)
        actions.freeze_roll(election=election, by=officer, at=moment)

    receipt = vote(client, election, members[0])

    assert "Your vote is in the ballot box" in receipt
    with acting_in(weavers), transaction.atomic():
        assert (Election.objects.get().at_stage, Mark.objects.count()) == (Stage.OPEN, 1)
