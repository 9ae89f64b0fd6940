"""Who belongs, who votes, who sits, and when that ends."""

from datetime import date

import pytest

from mutualgov.constitution.semantics.electorates import Hat, electors, polls, sitting
from mutualgov.constitution.semantics.eligibility import Place, constituencies_of, may_belong, open_classes, place_of
from mutualgov.constitution.semantics.limits import Standing, findings, forecast, may_go_on
from mutualgov.constitution.semantics.vacancies import lapses

from .constitutions import ON, template_book

riverside = template_book("riverside")
lantern = template_book("lantern")
ourway = template_book("ourway")
fenland = template_book("fenland")
broads = template_book("broads")

NURSE = {"employed": True, "staff_group": "NURSING AND  MIDWIFERY registered", "born_on": date(1990, 5, 1)}


def test_a_nurse_at_riverside_belongs_to_staff_and_nursing():
    assert place_of(riverside, facts=NURSE, on=ON) == Place("staff", "nursing")


@pytest.mark.parametrize(
    ("staff_group", "constituency"),
    [
        ("Add Prof Scientific and Technic", "nursing"),
        ("Additional Clinical Services", "homecare"),
        ("Administrative and Clerical", "support"),
        ("Allied Health Professionals", "nursing"),
        ("Estates and Ancillary", "support"),
        ("Healthcare Scientists", "nursing"),
        ("Medical and Dental", "nursing"),
        ("Nursing and Midwifery Registered", "nursing"),
    ],
)
def test_every_national_staff_group_falls_into_one_constituency(staff_group, constituency):
    facts = {**NURSE, "staff_group": staff_group}

    assert constituencies_of(riverside, "staff", facts=facts, on=ON) == (constituency,)


def test_nobody_belongs_who_is_not_employed():
    ruling = may_belong(riverside, "staff", facts={**NURSE, "employed": False}, on=ON)

    assert (ruling.allowed, ruling.rule) == (False, "classes.staff.where")
    assert ruling.reason == "To be one of staff members a person needs: employed."


def test_a_member_comes_of_age_on_the_birthday():
    facts = {**NURSE, "born_on": date(2010, 11, 24)}

    assert may_belong(riverside, "staff", facts=facts, on=date(2026, 11, 24)).allowed
    young = may_belong(riverside, "staff", facts=facts, on=date(2026, 11, 23))
    assert young.rule == "classes.staff.age"
    assert young.reason == "A member must be at least 16; this person is that age on Tuesday 24 November 2026."


def test_an_unknown_date_of_birth_is_not_an_age():
    ruling = may_belong(riverside, "staff", facts={"employed": True}, on=ON)

    assert ruling.reason == "The date of birth is not known; a member must be at least 16."


def test_a_fixed_term_becomes_eligible_after_twelve_months():
    facts = {"employed": True, "contract": "fixed_term", "service": date(2026, 1, 10)}

    assert not may_belong(fenland, "staff", facts=facts, on=date(2027, 1, 9)).allowed
    assert may_belong(fenland, "staff", facts=facts, on=date(2027, 1, 10)).allowed


def test_a_patient_counts_for_three_years_after_attending():
    facts = {"attended": date(2023, 11, 24), "born_on": date(1950, 1, 1)}

    assert may_belong(fenland, "patient", facts=facts, on=date(2026, 11, 24)).allowed
    assert not may_belong(fenland, "patient", facts=facts, on=date(2026, 11, 25)).allowed


def test_staff_of_the_subsidiary_may_own_shares():
    assert open_classes(broads, facts={"employed_by": "broads_homecare"}, on=ON) == ("staff",)
    assert open_classes(broads, facts={"employed_by": "elsewhere"}, on=ON) == ()


NURSE_AND_PATIENT = [
    Hat("P1", "patient"),
    Hat("P1", "staff", "clinical"),
    Hat("P2", "patient"),
    Hat("P3", "public", "north"),
]


def test_a_nurse_who_is_also_a_patient_votes_once_and_as_staff():
    meeting = electors(fenland, ["annual_members_meeting"], hats=NURSE_AND_PATIENT)

    assert meeting == (Hat("P1", "staff", "clinical"), Hat("P2", "patient"), Hat("P3", "public", "north"))
    assert electors(fenland, ["patient"], hats=NURSE_AND_PATIENT) == (Hat("P2", "patient"),)
    assert electors(fenland, ["clinical"], hats=NURSE_AND_PATIENT) == (Hat("P1", "staff", "clinical"),)


def test_a_union_counts_a_person_once():
    hats = [Hat("P1", "staff"), Hat("P2", "authority")]

    assert electors(broads, ["staff", "owners"], hats=hats) == (Hat("P1", "staff"), Hat("P2", "authority"))


def test_a_class_that_is_only_consulted_does_not_vote():
    hats = [Hat("P1", "worker"), Hat("P2", "person")]

    assert electors(ourway, ["members"], hats=hats) == (Hat("P2", "person"),)


HOLDERS = {
    "board.chair": ["Ada"],
    "board.ned": ["Ben", "Cy"],
    "board.chief_executive": ["Dot"],
    "council.public_north": ["Ed", "Fay"],
    "council.staff_clinical": ["Gus"],
}


def test_a_committee_sits_as_the_seats_it_is_made_of():
    assert sitting(fenland, "appointments_committee", HOLDERS) == ("Ada", "Ben", "Cy", "Dot")


def test_a_chair_without_a_vote_is_not_an_elector_of_the_council():
    assert [hat.person for hat in electors(fenland, ["council"], holders=HOLDERS)] == ["Ed", "Fay", "Gus"]


def test_by_seat_polls_each_seats_own_electors():
    found = [
        (poll.seat.path, poll.seat.n, poll.electorate)
        for poll in polls(riverside, riverside.decisions["elect_staff_governors"])
    ]

    assert found == [
        ("council.staff_governor_nursing", 3, ("nursing",)),
        ("council.staff_governor_homecare", 3, ("homecare",)),
        ("council.staff_governor_support", 2, ("support",)),
    ]


FULL = {path: seat.n for path, seat in fenland.seats.items()}


def governors(**changed):
    return Standing(seats={**FULL, **{f"council.{seat}": count for seat, count in changed.items()}})


def outside_majority(standing):
    return next(f for f in findings(fenland, standing, on=ON) if f.limit.key == "outside_majority")


def test_outside_governors_may_fall_to_nine_of_seventeen_but_not_to_eight_of_sixteen():
    full, nine, eight = (
        governors(),
        governors(public_north=2, public_south=2),
        governors(public_north=1, public_south=2),
    )

    assert [(f.measured, f.whole, f.holds) for f in map(outside_majority, (full, nine, eight))] == [
        (13, 21, True),
        (9, 17, True),
        (8, 16, False),
    ]


def test_the_forecast_names_what_would_break_before_it_does():
    nine, eight = governors(public_north=2, public_south=2), governors(public_north=1, public_south=2)

    broken = forecast(fenland, now=nine, then=eight, on=ON)

    assert [finding.limit.key for finding in broken] == ["law_public_majority", "outside_majority"]
    assert broken[1].sentence == (
        "Voting seats of the council of governors filled by North, South, City or patient members: 8 of 16; "
        "there must be more than half."
    )
    assert may_go_on(broken).rule == "limits.law_public_majority"
    assert may_go_on(forecast(fenland, now=governors(), then=nine, on=ON)).allowed


def test_a_limit_already_broken_does_not_stop_what_leaves_it_alone():
    eight = governors(public_north=1, public_south=2)

    assert forecast(fenland, now=eight, then=eight, on=ON) == ()


def test_a_sensitive_trait_is_counted_as_a_total():
    nine_seats = {"board.director": 9}

    def disabled(count):
        return Standing(seats=nine_seats, declared={("board.director", "disabled"): count})

    finding = next(f for f in findings(ourway, disabled(8), on=ON) if f.limit.key == "every_director_disabled")
    assert (finding.measured, finding.whole, finding.holds) == (8, 9, False)
    assert finding.sentence == "Voting seats of the board who are disabled: 8 of 9; there must be all."
    assert next(f for f in findings(ourway, disabled(9), on=ON) if f.limit.key == "every_director_disabled").holds


def test_a_trait_nobody_was_asked_about_is_not_measured():
    standing = Standing(seats={"board.director": 9})

    assert [f.limit.key for f in findings(ourway, standing, on=ON)] == []


def test_shares_the_nominee_keeps_do_not_vote():
    standing = Standing(shares={("one_pound", "staff"): 28, ("one_pound", "org.staff_nominee"): 3})

    finding = next(f for f in findings(lantern, standing, on=ON) if f.limit.key == "staff_own_all")

    assert (finding.measured, finding.whole, finding.holds) == (28, 28, True)


def test_a_society_of_two_is_told_that_it_needs_three():
    assert [f.limit.key for f in findings(riverside, Standing(members={"staff": 2}), on=ON) if not f.holds] == [
        "law_three_members"
    ]


def test_a_director_who_stops_using_the_service_loses_the_seat_that_day():
    lapsed = lapses(ourway, held=["board.director"], remaining=[], on=date(2026, 9, 3), events=["stops_using_service"])

    assert [(lapse.on, lapse.rule, lapse.next) for lapse in lapsed] == [
        (date(2026, 9, 3), "bodies.board.seats.director.lapses", "next_highest")
    ]
    assert lapsed[0].sentence == "The seat of director ended on Thursday 3 September 2026: stops using service."


def test_a_governor_who_changes_constituency_loses_the_seat_and_one_who_stays_keeps_it():
    held = ["council.staff_governor_nursing"]

    lost = lapses(riverside, held=held, remaining=["staff", "homecare"], on=ON)
    kept = lapses(riverside, held=held, remaining=["staff", "nursing"], on=ON)

    assert [(lapse.rule, lapse.next) for lapse in lost] == [
        ("bodies.council.seats.staff_governor_nursing.from", "next_highest")
    ]
    assert kept == ()


def test_a_nominated_governor_goes_when_withdrawn_and_not_with_any_membership():
    held = ["council.authority_governor"]

    assert lapses(riverside, held=held, remaining=[], on=ON) == ()
    assert [
        lapse.next for lapse in lapses(riverside, held=held, remaining=[], on=ON, events=["withdrawn_by_nominator"])
    ] == ["nominate"]
