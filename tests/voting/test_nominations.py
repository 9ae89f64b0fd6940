"""Standing: who may, what a form must hold, on which grounds alone it may be rejected."""

from datetime import timedelta

import pytest

from members.actions import link_login
from mutualgov.access.permissions import Role
from tests.conftest import NOON, make_login
from tests.factories import voting as make
from tests.factories.members import make_member
from voting import actions
from voting.lifecycle import Step
from voting.models import Nomination
from voting.queries import candidates, dates_of
from voting.rules import Ground, NominationForm, lawful_grounds, statement_fits, words

WHOLE = {"name": "Ann Member", "address": "1 High Street", "no_interests": True}
SWORN = {"declares_eligible": True, "signed": True}


@pytest.mark.parametrize(
    ("form", "minutes", "grounds"),
    [
        (NominationForm(**WHOLE, **SWORN), 0, ()),
        (NominationForm(**WHOLE, **SWORN), 1, (Ground.LATE,)),
        (NominationForm(**WHOLE, declares_eligible=True), 0, (Ground.SIGNATURE,)),
        (NominationForm(**WHOLE, signed=True), 0, (Ground.ELIGIBILITY,)),
        (NominationForm(name="Ann", no_interests=True, **SWORN), 0, (Ground.PARTICULARS,)),
        (NominationForm(name="Ann", address="1 High Street", **SWORN), 0, (Ground.INTERESTS,)),
        (NominationForm(name=" "), 1, tuple(Ground)),
    ],
    ids=["whole", "late", "unsigned", "not declared eligible", "no address", "no interests", "everything"],
)
def test_grounds_are_what_the_form_lacks(form, minutes, grounds):
    assert lawful_grounds(form, received_at=NOON + timedelta(minutes=minutes), closed_at=NOON) == grounds


def test_a_statement_of_250_words_fits_and_one_more_does_not():
    assert words("word " * 250) == 250
    assert statement_fits("word " * 250).allowed
    assert statement_fits("word " * 253).reason == "The statement has 253 words; 250 are allowed. Shorten it by 3."


pytest_db = pytest.mark.django_db


@pytest_db
def test_a_whole_nomination_waits_for_its_decision(noticed, nurses):
    nomination = make.make_nomination(noticed, nurses[0])

    assert (nomination.state, nomination.member_ref) == (Nomination.State.UNDECIDED, nurses[0].reference)


@pytest_db
def test_members_of_another_constituency_cannot_stand(noticed):
    stranger = make_member("Hal Homecare", constituency_key="homecare")

    with pytest.raises(actions.ElectionRefused, match="Candidates must belong to"):
        make.make_nomination(noticed, stranger)


@pytest_db
def test_a_returning_officer_cannot_stand(noticed, nurses, ruled):
    login = make_login("Nora Nurse", ruled, Role.RETURNING_OFFICER)
    link_login(membership=nurses[0], user=login, by="tests", at=NOON)

    with pytest.raises(actions.ElectionRefused, match="A returning officer cannot be a candidate"):
        make.make_nomination(noticed, nurses[0])


@pytest_db
def test_nobody_stands_twice(noticed, nurses):
    make.make_nomination(noticed, nurses[0])

    with pytest.raises(actions.ElectionRefused, match="has a nomination in this election already"):
        make.make_nomination(noticed, nurses[0])


@pytest_db
def test_a_nomination_on_the_site_after_the_close_is_refused(noticed, nurses):
    closed = dates_of(noticed)[Step.NOMINATIONS]

    with pytest.raises(actions.ElectionRefused, match="Nominations closed on"):
        make.make_nomination(noticed, nurses[0], at=closed + timedelta(seconds=1))


@pytest_db
def test_a_ground_that_does_not_hold_is_refused(noticed, nurses, officer):
    nomination = make.make_nomination(noticed, nurses[0])

    with pytest.raises(actions.ElectionRefused, match="does not hold for this nomination"):
        actions.decide_nomination(nomination=nomination, accept=False, grounds=[Ground.LATE], by=officer, at=NOON)


@pytest_db
def test_a_late_paper_form_can_only_be_rejected(noticed, nurses, officer):
    late = dates_of(noticed)[Step.NOMINATIONS] + timedelta(minutes=1)
    nomination = actions.nominate(
        election=noticed,
        member_ref=nurses[0].reference,
        form=make.plain_form(),
        channel="paper",
        received_at=late,
        by=officer,
        at=late,
    )

    with pytest.raises(actions.ElectionRefused, match="It came after nominations had closed"):
        actions.decide_nomination(nomination=nomination, accept=True, by=officer, at=late)
    actions.decide_nomination(nomination=nomination, accept=False, grounds=[Ground.LATE], by=officer, at=late)

    nomination.refresh_from_db()
    assert (nomination.state, nomination.grounds) == (Nomination.State.REJECTED, ["late"])


@pytest_db
def test_the_ballot_paper_is_in_order_of_surname(noticed, nurses):
    for member, name in zip(nurses, ("Cai Young", "Zoe Adams", "Ann de Souza"), strict=False):
        one = make.make_nomination(noticed, member, name=name)
        actions.decide_nomination(nomination=one, accept=True, by="tests", at=NOON)
    actions.close_nominations(election=noticed, by="tests", at=dates_of(noticed)[Step.WITHDRAWALS])

    assert [(c.option, c.name) for c in candidates(noticed)] == [
        ("c1", "Zoe Adams"),
        ("c2", "Ann de Souza"),
        ("c3", "Cai Young"),
    ]


@pytest_db
def test_a_withdrawn_candidate_is_not_on_the_paper_and_may_stand_again(noticed, nurses):
    nomination = make.make_nomination(noticed, nurses[0])

    actions.withdraw_nomination(nomination=nomination, by="tests", at=NOON)
    make.make_nomination(noticed, nurses[0])

    assert candidates(noticed) == []


@pytest_db
def test_nominations_do_not_close_over_an_undecided_one(noticed, nurses):
    make.make_nomination(noticed, nurses[0])

    with pytest.raises(actions.ElectionRefused, match="1 nomination still to be decided"):
        actions.close_nominations(election=noticed, by="tests", at=dates_of(noticed)[Step.WITHDRAWALS])
