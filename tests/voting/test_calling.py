"""Calling an election: terms from the constitution, every date with its reason, another date only with one."""

from datetime import date, datetime, timedelta

import pytest

from mutualgov.audit.models import AuditEntry
from mutualgov.constitution.actions import adopt_constitution, start_text
from mutualgov.core.clock import UK, uk_date
from tests.conftest import NOON
from tests.factories import voting as make
from voting import actions
from voting.lifecycle import Stage, Step
from voting.queries import dates_of, lines_of
from voting.queries.terms import NotElected, elected_seats

pytestmark = pytest.mark.django_db


def test_the_terms_are_the_constitutions(draft):
    assert (draft.method, draft.count_rule, draft.electorate, draft.eligible, draft.constitution_version) == (
        "stv",
        "nhs-ft",
        ["nursing"],
        ["nursing"],
        1,
    )


def test_every_elected_seat_can_be_called(ruled):
    assert [terms.path for terms in elected_seats(on=uk_date(NOON))] == [
        "council.staff_governor_nursing",
        "council.staff_governor_homecare",
        "council.staff_governor_support",
    ]


def test_dates_are_counted_back_from_the_close(ruled):
    election = make.make_election(close_on=date(2026, 9, 24))

    assert {line.step: line.on for line in lines_of(election, at=NOON)} == {
        Step.NOTICE: date(2026, 8, 12),
        Step.NOMINATIONS: date(2026, 8, 26),
        Step.STATEMENT: date(2026, 8, 27),
        Step.WITHDRAWALS: date(2026, 9, 1),
        Step.POLL: date(2026, 9, 10),
        Step.CLOSE: date(2026, 9, 24),
        Step.DECLARE: date(2026, 9, 25),
    }
    assert dates_of(election)[Step.CLOSE].astimezone(UK) == datetime(2026, 9, 24, 17, 0, tzinfo=UK)


def test_each_date_says_why_and_which_holiday_it_passes_over(ruled):
    election = make.make_election(close_on=date(2026, 9, 24))

    nominations = next(line for line in lines_of(election, at=NOON) if line.step is Step.NOMINATIONS)

    assert nominations.because.startswith("20 working days before Thursday 24 September 2026")
    assert "Monday 31 August 2026" in nominations.because


def test_more_seats_than_the_body_has_are_refused(ruled):
    with pytest.raises(actions.ElectionRefused, match="the council has 3 of these seats; 4 cannot be filled"):
        make.make_election(seats=4)


def test_a_seat_that_nobody_elects_is_refused(ruled):
    with pytest.raises(NotElected, match="does not say how members elect"):
        actions.call_election(
            body_key="council", seat_key="gp_governor", seats=1, close_on=date(2026, 9, 24), by="tests", at=NOON
        )


def test_notice_freezes_terms_and_version(noticed):
    assert (noticed.at_stage, noticed.notice_at, noticed.record_on) == (Stage.NOTICE_GIVEN, NOON, uk_date(NOON))
    told = AuditEntry.objects.get(action="voting.notice_given")
    assert (told.constitution, told.details["version"]) == (1, 1)


def test_a_draft_whose_terms_have_changed_cannot_be_noticed(draft, ruled):
    changed = start_text("riverside", key="weavers", name="Weavers Mutual") + (
        "rules:\n  governors_poll: {method: fptp, count: fptp}\n"
    )
    adopt_constitution(text=changed, adopted_on=uk_date(NOON) + timedelta(days=1), by="tests", at=NOON)

    with pytest.raises(actions.ElectionRefused, match="The constitution has changed since this draft was made"):
        make.give_notice(draft, at=NOON + timedelta(days=1))


def test_another_date_needs_a_reason(noticed, officer):
    with pytest.raises(actions.ElectionRefused, match="Say why the date is changed"):
        actions.bring_forward(election=noticed, step=Step.NOMINATIONS, reason=" ", by=officer, at=NOON)


def test_another_date_keeps_the_rules_own_and_the_reason(noticed, officer):
    actions.bring_forward(election=noticed, step=Step.WITHDRAWALS, reason="All are agreed.", by=officer, at=NOON)

    lines = {line.step: line for line in lines_of(noticed, at=NOON)}
    assert [(s, lines[s].at == NOON, lines[s].reason) for s in (Step.NOMINATIONS, Step.WITHDRAWALS, Step.POLL)] == [
        (Step.NOMINATIONS, True, "All are agreed."),
        (Step.WITHDRAWALS, True, "All are agreed."),
        (Step.POLL, False, ""),
    ]
    assert lines[Step.WITHDRAWALS].rule_at is not None
    assert "reason" not in AuditEntry.objects.get(action="voting.date_changed").details


def test_a_date_out_of_order_is_refused(noticed, officer):
    late = dates_of(noticed)[Step.CLOSE] + timedelta(days=1)

    with pytest.raises(actions.ElectionRefused, match="would come before “Voting opens”"):
        actions.change_date(election=noticed, step=Step.POLL, to=late, reason="Post is slow.", by=officer, at=NOON)


def test_a_date_that_lies_behind_cannot_be_moved(noticed, officer):
    with pytest.raises(actions.ElectionRefused, match="lies behind"):
        actions.bring_forward(election=noticed, step=Step.NOTICE, reason="Too late.", by=officer, at=NOON)


def test_nobody_runs_an_election_they_stand_in(noticed, nurses, officer, ruled):
    from members.actions import link_login
    from tests.conftest import make_login

    login = make_login("Nora Nurse", ruled)
    link_login(membership=nurses[0], user=login, by="tests", at=NOON)
    make.make_nomination(noticed, nurses[0])

    with pytest.raises(actions.ElectionRefused, match="You stand in this election"):
        actions.abandon(election=noticed, reason="I may lose.", by=login, at=NOON)


def test_an_abandoned_election_says_why(noticed, officer):
    actions.abandon(election=noticed, reason="The seat was filled by law.", by=officer, at=NOON)

    noticed.refresh_from_db()
    assert (noticed.at_stage, noticed.abandoned_because) == (Stage.ABANDONED, "The seat was filled by law.")
