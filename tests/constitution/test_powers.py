"""Who decides, who fills a seat, and when things fall."""

from datetime import date, datetime

import pytest

from mutualgov.constitution.semantics import powers, timing
from mutualgov.core.clock import UK
from mutualgov.core.dates import Nation

from .constitutions import TWO_PEOPLE, book, template_book

EW = Nation.ENGLAND_AND_WALES
riverside = template_book("riverside")
lantern = template_book("lantern")
fenland = template_book("fenland")
broads = template_book("broads")


def test_a_named_matter_is_decided_as_named():
    found = powers.who_decides(broads, "new_subsidiary")

    assert (found.decision.key, found.bodies) == ("reserved_matters", ("staff", "authority"))


@pytest.mark.parametrize(("rulebook", "body"), [(riverside, "board"), (book(TWO_PEOPLE), "owners")])
def test_what_no_decision_names_belongs_to_the_board_or_the_sole_body(rulebook, body):
    found = powers.who_decides(rulebook, "buy_a_minibus")

    assert (found.decision, found.bodies) == (None, (body,))


def test_the_council_does_not_manage():
    assert powers.may_decide(riverside, "remove_ned", by="council").allowed
    refused = powers.may_decide(riverside, "buy_a_minibus", by="council")
    assert refused.reason == "The council does not decide this (buy a minibus); the board does."


@pytest.mark.parametrize(
    ("seat", "by", "reason"),
    [
        ("council.gp_governor", "org.gp_forum", ""),
        ("board.ned", "council", ""),
        ("council.staff_governor_nursing", "nursing", ""),
        ("board.ned", "board", "The non-executive director is appointed by the council, not the board."),
        (
            "council.staff_governor_nursing",
            "homecare",
            "The staff governor for nursing and therapy is elected by nursing and therapy, "
            "not home and intermediate care.",
        ),
    ],
)
def test_a_seat_is_filled_only_as_it_says(seat, by, reason):
    ruling = powers.may_fill(riverside, seat, by=by)

    assert (ruling.allowed, ruling.reason) == (not reason, reason)


def test_the_council_removes_non_executives_and_no_executives():
    assert powers.may_remove(riverside, "board.ned", by="council").allowed
    refused = powers.may_remove(riverside, "board.chief_executive", by="council")
    assert refused.reason == "The rules give nobody the power to remove the chief executive."


def test_the_board_does_not_remove_what_the_owners_remove():
    refused = powers.may_remove(lantern, "board.ned", by="board")

    assert (refused.rule, refused.reason) == (
        "decisions.remove_director",
        "The non-executive director is removed by the owners' meeting, not the board.",
    )


def test_decisions_of_a_body():
    assert [decision.key for decision in powers.decisions_of(riverside, "members")] == [
        "appoint_auditor",
        "amend_rules",
        "merge",
        "convert_to_company",
    ]


def test_consultation_comes_before_a_sale():
    assert [duty.key for duty in powers.consultations_before(lantern, "sell_or_merge")] == ["consult_staff_council"]
    assert [duty.key for duty in powers.consultations_before(lantern, "budget")] == ["consult_staff_council"]
    assert powers.consultations_before(lantern, "amend_articles") == ()


def test_a_director_is_not_removed_by_a_written_resolution():
    refused = powers.may_be_written(lantern, "remove_director")

    assert refused.reason == "To remove director a meeting is needed: Companies Act 2006 allows no written resolution."
    assert powers.may_be_written(lantern, "amend_articles").allowed


def test_an_election_is_planned_from_the_constitution():
    plan = powers.election_plan(riverside, "council.staff_governor_nursing")

    assert (plan.places, plan.electorate, plan.eligible_from) == (3, ("nursing",), ("nursing",))
    assert (plan.rule.method, plan.rule.count, plan.rule.ballot) == ("stv", "nhs-ft", "secret")
    assert plan.decision.key == "elect_staff_governors"


@pytest.mark.parametrize("seat", ["board.ned", "council.council_chair"])
def test_a_seat_that_is_not_elected_has_no_poll(seat):
    assert powers.election_plan(riverside, seat) is None


def test_the_timetable_of_a_trust_is_that_of_the_model_rules():
    days = timing.election_timetable(fenland.rules["governors_poll"], close_on=date(2018, 3, 29), nation=EW)

    assert [(day.key, day.on) for day in days] == [
        ("notice", date(2018, 2, 1)),
        ("nominations", date(2018, 2, 19)),
        ("statement", date(2018, 2, 20)),
        ("withdrawals", date(2018, 2, 22)),
        ("poll", date(2018, 3, 8)),
        ("close", date(2018, 3, 29)),
        ("declaration", date(2018, 4, 3)),
    ]
    assert days[1].rule == "rules.governors_poll.timetable.nominations"


def test_notice_given_today_says_when_a_poll_may_close():
    rule = riverside.rules["governors_poll"]

    close = timing.earliest_close(rule, notice_on=date(2026, 6, 1), nation=EW)

    assert close.on == date(2026, 7, 13)
    assert timing.election_timetable(rule, close_on=close.on, nation=EW)[0].on == date(2026, 6, 1)
    assert timing.close_moment(rule, close_on=close.on) == datetime(2026, 7, 13, 17, 0, tzinfo=UK)


def test_a_term_of_three_years_ends_the_day_before():
    seat = riverside.seats["council.staff_governor_nursing"]

    assert timing.term_ends(seat, starts_on=date(2026, 7, 14)).on == date(2029, 7, 13)
    assert timing.term_ends(riverside.seats["board.chief_executive"], starts_on=date(2026, 7, 14)) is None


def test_notice_is_clear_days_and_special_notice_runs_before_it():
    decision = riverside.decisions["remove_ned"]
    meeting_on = date(2026, 6, 30)

    assert timing.notice_by(decision.steps[0].rule, meeting_on=meeting_on, nation=EW).on == date(2026, 6, 15)
    assert timing.special_notice_by(decision, meeting_on=meeting_on, nation=EW).on == date(2026, 6, 2)
    assert timing.earliest_meeting(decision.steps[0].rule, notice_on=date(2026, 6, 15), nation=EW).on == meeting_on


def test_a_return_falls_due_seven_months_after_the_year_end():
    due = riverside.duties["file_fca"].within

    assert timing.due_on(due, event_on=date(2026, 3, 31), nation=EW).on == date(2026, 10, 31)
