"""What staff files are known for, by number, and what the platform makes of each."""

from datetime import date, timedelta

import pytest

from members import queries
from members.actions import AdmissionRefused, admit_due, record_opt_out
from members.exports import register_csv
from members.feed.actions import BatchRefused, answer_question, approve_batch
from members.models import AdmissionDue, FeedWord, Membership, Person
from mutualgov.audit.models import AuditEntry
from tests.conftest import NOON, TODAY
from tests.members.payroll import ann, as_csv, ben, bring_in, kinds, others, propose, said

pytestmark = pytest.mark.django_db
NEXT_MONTH = TODAY + timedelta(days=30)
LATER = NOON + timedelta(days=30)


def members(on=TODAY):
    return [(line.name, line.constituency_key) for line in queries.register_entries(on=on)]


def answered(batch, question, answer):
    return answer_question(batch=batch, question=question, answer=answer, by="tests", at=NOON)


def test_01_several_assignments_are_one_person_placed_by_the_primary_one(in_society):
    batch = propose(
        ann(Assignment_Number="10949595", Primary="N", Staff_Group="Estates and Ancillary"),
        ann(Assignment_Number="10949595-4", Primary="Y"),
        ann(Assignment_Number="10949595-5", Primary="N", Assignment_Category="Bank"),
    )

    assert said(batch) == [("join", 2, "Ann Weaver joins in nursing and therapy.")]


def test_01_any_assignment_that_qualifies_makes_a_member(in_society):
    batch = propose(
        ann(Assignment_Number="10949595", Primary="Y", Assignment_Category="Bank"),
        ann(Assignment_Number="10949595-4", Primary="N", Staff_Group="Estates and Ancillary"),
    )

    assert said(batch) == [("join", 2, "Ann Weaver joins in nursing and therapy.")]


@pytest.mark.parametrize(("marks", "count"), [(("N", "N"), "none"), (("Y", "Y"), "2")])
def test_02_without_one_primary_the_largest_then_the_oldest_is_taken(in_society, marks, count):
    batch = propose(
        ann(Assignment_Number="10949595-1", Primary=marks[0], FTE="0.4"),
        ann(Assignment_Number="10949595-2", Primary=marks[1], FTE="0.6", Staff_Group="Estates and Ancillary"),
    )

    assert said(batch) == [
        (
            "warning",
            2,
            f"Ann Weaver: Of 2 assignments {count} are marked primary; 10949595-2 is taken: "
            "the largest, then the oldest.",
        ),
        ("join", 2, "Ann Weaver joins in support services."),
    ]


def test_03_an_assignment_number_used_again_is_another_post(in_society):
    bring_in(ann(Assignment_Number="10949595-2"))

    moved = ann(Assignment_Number="10949595-2", Assignment_Start="11/05/2026", Staff_Group="Estates and Ancillary")
    batch = propose(moved, on=NEXT_MONTH)

    assert said(batch) == [
        ("change", 2, "Ann Weaver moves from nursing and therapy to support services on 1 June 2026.")
    ]
    approve_batch(batch=batch, by="tests", at=LATER)
    assert [(post.number, post.started_on) for post in Person.objects.get().assignments.all()] == [
        ("10949595-2", date(2026, 5, 11))
    ]


def test_04_a_rehire_is_recognised_and_asked_about_before_joining_again(in_society):
    bring_in(ann())
    bring_in(ann(Termination_Date="30/06/2026"), on=NEXT_MONTH, at=LATER)
    back = date(2026, 9, 1)

    batch = propose(
        ann(Employee_Number="20000001", Assignment_Start="01/09/2026", Latest_Start_Date="01/09/2026"), on=back
    )

    first = Membership.objects.get()
    assert said(batch) == [
        ("warning", 2, "Ann Weaver has a new employee number, 20000001."),
        (
            "conflict",
            2,
            f"Ann Weaver was a member until 1 July 2026 ({first.reference}) and works here again. "
            "Joining again gives a new membership with a new number. Admit again?",
        ),
        ("change", 2, "Ann Weaver: new employee number."),
    ]
    approve_batch(batch=answered(batch, "again 20000001", "yes"), by="tests", at=LATER)
    assert [(held.number, held.joined_on) for held in Membership.objects.all()] == [(1, TODAY), (2, back)]
    assert Person.objects.get().employee_number == "20000001"


def test_04_old_and_new_number_in_one_file_are_one_person(in_society):
    batch = propose(
        ann(Termination_Date="31/03/2024", Employee_Number="10000001"),
        ann(Employee_Number="20000001", Assignment_Start="01/04/2026"),
    )

    assert said(batch) == [
        (
            "warning",
            2,
            "Ann Weaver in row 2 (number 10000001) and Ann Weaver in row 3 (number 20000001) have one National "
            "Insurance number. Row 3 is used.",
        ),
        ("join", 3, "Ann Weaver joins in nursing and therapy."),
    ]


def test_05_an_employee_number_issued_again_is_quarantined(in_society):
    bring_in(ann())

    batch = propose(ben(Employee_Number="10949595"))

    assert said(batch) == [
        (
            "conflict",
            2,
            "Employee number 10949595 is Ann Weaver's in our records, but Ben Baker has another name or date of "
            "birth. Is it the same person?",
        )
    ]
    batch = answered(batch, "who 10949595", "new")
    assert kinds(batch) == [("join", 2), ("missing", None)]


def test_05_noughts_lost_in_a_spreadsheet_do_not_make_somebody_new(in_society):
    bring_in(ann(Employee_Number="00949595"))

    batch = propose(ann(Employee_Number="949595"))

    assert said(batch) == [
        (
            "warning",
            2,
            "Ann Weaver: the file says 949595, our records 00949595. A spreadsheet has dropped the noughts in front; "
            "ours is kept.",
        )
    ]
    assert Person.objects.get().employee_number == "00949595"


def test_05_one_number_on_two_people_of_a_file_uses_neither(in_society):
    batch = propose(ann(), ben(Employee_Number="10949595"))

    assert kinds(batch) == [("conflict", 2), ("conflict", 3)]
    assert said(batch)[0][2] == (
        "Employee number 10949595 stands for Ann Weaver and Ben Baker (rows 2, 3). It has been issued twice or typed "
        "wrong; none of these rows is used until payroll has put it right."
    )


def test_06_a_new_name_is_dated_and_the_old_one_stays_in_the_register(in_society):
    bring_in(ann())

    batch = bring_in(ann(Last_Name="Weft", Previous_Last_Name="Weaver"), on=NEXT_MONTH, at=LATER)

    assert said(batch) == [
        (
            "change",
            2,
            "Ann Weaver is now Ann Weft, noted from 1 July 2026. The old name stays in the register.",
        )
    ]
    assert [members(TODAY)[0][0], members(NEXT_MONTH)[0][0]] == ["Ann Weaver", "Ann Weft"]


@pytest.mark.parametrize("number", ["", "TN010280F"])
def test_07_without_a_number_somebody_alike_is_asked_about_and_never_merged(in_society, number):
    bring_in(ann(NI_Number=""))

    batch = propose(ann(NI_Number=number, Employee_Number="20000001", First_Name="Anna"))

    known = Person.objects.get()
    assert said(batch)[0] == (
        "conflict",
        2,
        f"Anna Weaver has the surname, date of birth and postcode of Ann Weaver ({known.reference}). "
        "Is it the same person?",
    )
    approve_batch(batch=batch, by="tests", at=NOON)
    assert members() == [("Ann Weaver", "nursing")]


def test_07_twins_in_one_file_are_asked_about(in_society):
    twin = ann(Employee_Number="20000001", NI_Number="", First_Name="Zoe", Email_Address="")

    batch = propose(ann(), twin)

    assert kinds(batch) == [("join", 2), ("conflict", 3)]
    assert kinds(answered(batch, "two 20000001", "new")) == [("join", 2), ("join", 3)]


def test_08_a_mailbox_of_two_and_an_empty_one_mean_letters(in_society):
    batch = bring_in(
        ann(Email_Address="ward@staff.example"),
        ben(Email_Address="WARD@staff.example"),
        *[row | {"Email Address": ""} for row in others(1)],
    )

    assert [line for line in said(batch) if line[0] == "warning"] == [
        (
            "warning",
            row,
            f"{name} shares the address ward@staff.example with 1 other in this file, so letters go by post.",
        )
        for row, name in ((2, "Ann Weaver"), (3, "Ben Baker"))
    ]
    assert {person.email for person in Person.objects.all()} == {""}
    assert len(members()) == 3


def test_09_who_is_missing_stays_until_a_person_has_looked(in_society):
    bring_in(ann(), ben())

    first = bring_in(ann(), on=NEXT_MONTH, at=LATER)
    second = bring_in(ann(Preferred_Name="Annie"), on=NEXT_MONTH, at=LATER)

    start = "Ben Baker is a member and not in this file. "
    assert said(first) == [
        (
            "missing",
            None,
            start + "Nothing happens now; missing again in the next file, they come up for a decision.",
        )
    ]
    assert said(second)[1] == (
        "missing",
        None,
        start + "That is 2 files in a row. Ask payroll, then end the membership on the member's page.",
    )
    assert members(NEXT_MONTH) == [("Ben Baker", "support"), ("Ann Weaver", "nursing")]

    bring_in(ann(), ben(), on=NEXT_MONTH, at=LATER)
    assert [person.missed_feeds for person in Person.objects.all()] == [0, 0]


def test_10_a_file_with_fewer_people_needs_a_reason(in_society):
    bring_in(*others(40))

    batch = propose(*others(37))

    assert batch.alarm == (
        "This file has 37 people, the last one had 40: 3 fewer. It may be cut short or of another employer."
    )
    with pytest.raises(BatchRefused) as refused:
        approve_batch(batch=batch, by="tests", at=NOON)
    assert refused.value.reason == f"{batch.alarm} To approve it all the same, say why it is right."
    approved = approve_batch(batch=batch, despite="Three posts ended with the contract", by="tests", at=NOON)
    assert approved.alarm_reason == "Three posts ended with the contract"


def test_10_a_file_of_another_employer_is_noticed(in_society):
    bring_in(*others(40))

    strangers = [
        row | {"Employee Number": f"3{row['Employee Number']}", "NI Number": "", "Last Name": f"S{i}"}
        for i, row in enumerate(others(40))
    ]
    batch = propose(*strangers)

    assert batch.alarm == "Of 40 members only 0 are in this file. It may be of another employer."


def test_10_a_file_that_loses_few_raises_no_alarm(in_society):
    bring_in(*others(40))

    assert propose(*others(39)).alarm == ""


def test_11_a_starter_still_to_come_waits_and_is_admitted_on_the_day(in_society):
    batch = bring_in(ann(Assignment_Start="15/06/2026", Latest_Start_Date="15/06/2026"))

    assert said(batch) == [
        (
            "schedule",
            2,
            "Ann Weaver will qualify from 15 June 2026 in nursing and therapy: admitted then, not before.",
        )
    ]
    assert members() == []
    due = AdmissionDue.objects.get()
    with pytest.raises(AdmissionRefused, match="Ann Weaver is due on 15 June 2026"):
        admit_due(due=[due], by="tests", at=NOON)
    admit_due(due=[due], by="tests", at=NOON + timedelta(days=14))
    assert (members(date(2026, 6, 14)), members(date(2026, 6, 15))) == ([], [("Ann Weaver", "nursing")])


def test_11_a_leaver_still_to_come_is_entered_for_the_day(in_society):
    bring_in(ann())

    batch = bring_in(ann(Termination_Date="31/07/2026"))

    assert said(batch) == [("leave", 2, "Ann Weaver leaves after 31 July 2026; membership ceases on 1 August 2026.")]
    assert (members(date(2026, 7, 31)), members(date(2026, 8, 1))) == ([("Ann Weaver", "nursing")], [])


def test_11_a_leaving_that_is_withdrawn_is_asked_about(in_society):
    bring_in(ann())
    bring_in(ann(Termination_Date="31/07/2026"))

    batch = propose(ann())

    assert said(batch) == [
        (
            "conflict",
            2,
            "The register ends Ann Weaver's membership on 1 August 2026; the file no longer has a termination date.",
        )
    ]
    approve_batch(batch=answered(batch, "stays 10949595", "stays"), by="tests", at=LATER)
    assert members(date(2026, 8, 1)) == [("Ann Weaver", "nursing")]


def test_12_a_leaving_told_late_is_reported_and_alters_no_electorate_that_was_fixed(in_society):
    record_date = date(2026, 6, 10)
    bring_in(ann())

    batch = bring_in(ann(Termination_Date="05/06/2026"), on=NEXT_MONTH, at=LATER)

    assert said(batch) == [
        ("leave", 2, "Ann Weaver left on 5 June 2026; membership ceased on 6 June 2026."),
        (
            "warning",
            2,
            "Ann Weaver's leaving is told 25 days late. A vote whose electorate was fixed in between keeps it; the "
            "returning officer should look at it.",
        ),
    ]
    told = AuditEntry.objects.get(action="members.ceased")
    assert (told.details["backdated"], told.details["effective_on"]) == (True, "2026-06-06")
    then = queries.members_in(by=["nursing"], on=record_date, known_at=NOON + timedelta(days=10))
    assert [line.name for line in then] == ["Ann Weaver"]
    assert queries.members_in(by=["nursing"], on=record_date) == []


@pytest.mark.parametrize("category", ["Bank", "Honorary", "Agency", "Volunteer", "Non-Exec"])
def test_13_who_is_not_employed_is_named_and_not_kept(in_society, category):
    batch = bring_in(ann(Assignment_Category=category))

    assert said(batch) == [
        ("outside", 2, f"Ann Weaver ({category}): To be one of staff members a person needs: employed.")
    ]
    assert Person.objects.count() == 0


def test_13_a_member_who_goes_to_the_bank_leaves_on_the_day(in_society):
    bring_in(ann())

    batch = bring_in(
        ann(Termination_Date="12/06/2026", Assignment_Number="10949595"),
        ann(Assignment_Category="Bank", Assignment_Number="10949595-2", Assignment_Start="13/06/2026", Primary="N"),
        on=NEXT_MONTH,
        at=LATER,
    )

    assert said(batch) == [
        (
            "leave",
            2,
            "Ann Weaver: To be one of staff members a person needs: employed. Membership ceases on 13 June 2026.",
        )
    ]


def test_14_a_fixed_term_rolled_past_twelve_months_qualifies_on_the_day(in_trust):
    FeedWord.objects.create(what="group", said="Nursing and Midwifery Registered", meant="clinical")
    fixed = ann(Assignment_Category="Fixed Term Temp", Fixed_Term_End="30/09/2026")
    since = {"Continuous Service Date": "15/06/2025", "Assignment Start": "15/12/2025"}

    early = propose(fixed | since)
    on_the_day = propose(fixed | since, on=date(2026, 6, 15))

    assert said(early) == [
        ("schedule", 2, "Ann Weaver will qualify from 15 June 2026 in clinical staff: admitted then, not before.")
    ]
    assert said(on_the_day) == [("join", 2, "Ann Weaver joins in clinical staff.")]


@pytest.mark.parametrize(
    "status", ["Maternity/Adoption", "Career Break", "Suspended", "Out on Secondment", "Acting Up"]
)
def test_15_who_is_away_and_still_employed_stays(in_society, status):
    bring_in(ann())

    assert said(propose(ann(Assignment_Status=status))) == []


def test_15_a_status_that_says_ended_without_a_date_is_asked_of_payroll(in_society):
    bring_in(ann())

    batch = propose(ann(Assignment_Status="Terminate"))

    assert said(batch) == [
        (
            "conflict",
            2,
            "Ann Weaver has the status Terminate and no termination date. Payroll should say since when.",
        )
    ]


def test_15_a_service_that_moves_out_is_told_as_one(in_society):
    bring_in(ann(), ben(), *others(30))
    gone = {"Termination Date": "30/06/2026", "Leaving Reason": "TUPE Transfer Out"}

    batch = propose(ann() | gone, ben() | gone, *others(30))

    assert said(batch)[-1] == (
        "warning",
        None,
        "2 people leave by “TUPE Transfer Out” on 30 June 2026. Look at quorums and seats before approving.",
    )
    assert batch.alarm == "2 of 32 members leave by this file or are missing from it. Make sure that it is whole."


@pytest.mark.parametrize("fte", ["0", "1.2"])
def test_16_an_odd_full_time_equivalent_is_noted_and_decides_nothing(in_society, fte):
    assert said(propose(ann(FTE=fte))) == [
        ("warning", 2, f"Ann Weaver: Full-time equivalent is {fte}; it is noted and decides nothing."),
        ("join", 2, "Ann Weaver joins in nursing and therapy."),
    ]


@pytest.mark.parametrize(
    "written", ["15/06/2026", "2026-06-15", "15-JUN-2026", "46188", "2026-06-15 00:00:00", "15 June 2026", "15.6.26"]
)
def test_17_a_date_is_read_however_it_is_written(in_society, written):
    bring_in(ann(Assignment_Start=written))

    assert AdmissionDue.objects.get().due_on == date(2026, 6, 15)


@pytest.mark.parametrize("never", ["31/12/4712", "4712-12-31", "31-DEC-4712", ""])
def test_17_the_end_of_time_is_no_date(in_society, never):
    assert kinds(propose(ann(Termination_Date=never))) == [("join", 2)]


def test_17_a_date_that_is_none_holds_its_row_back(in_society):
    batch = propose(ann(Date_of_Birth="30/02/1980"), ben(Termination_Date="soon"))

    assert said(batch) == [
        ("conflict", 2, "Date of Birth: “30/02/1980” is no day of the calendar, read as day, month and year."),
        ("conflict", 3, "Termination Date: “soon” is not a date. Write it as 31/03/2026 or 2026-03-31."),
    ]


@pytest.mark.parametrize(("encoding", "note"), [("utf-8-sig", []), ("cp1252", ["Read as Windows-1252."])])
def test_18_any_encoding_and_apostrophe_is_the_same_name(in_society, encoding, note):
    bring_in(ann(Last_Name="O'Brien", First_Name="Siobhán"))
    again = ann(Last_Name="O’BRIEN", First_Name="SIOBHÁN")

    batch = propose(content=as_csv(again).decode().encode(encoding))

    assert [note_ for note_ in batch.notes if note_.startswith("Read")] == note
    assert said(batch) == []
    assert members() == [("Siobhán O'Brien", "nursing")]


def test_19_drifted_headings_are_read_shown_and_remembered(in_society):
    headings = tuple(
        "Continuous Servce Date" if h == "Continuous Service Date" else h for h in as_csv().decode().strip().split(",")
    )
    row = ann() | {"Continuous Servce Date": "01/09/2019"}

    batch = propose(content=as_csv(row, headings=headings))

    assert "“Continuous Servce Date” is read as Continuous Service Date." in batch.notes
    assert kinds(batch) == [("join", 2)]
    assert FeedWord.objects.get(what="column").meant == "continuous_from"


def test_19_a_row_of_totals_is_about_nobody(in_society):
    batch = propose(ann(), {"Employee Number": "Total", "Assignment Number": "1"})

    assert said(batch)[1] == ("ignored", 3, "A row of totals; it is about nobody.")


def test_20_a_death_in_service_stops_all_mail(in_society):
    bring_in(ann())

    batch = bring_in(ann(Termination_Date="12/06/2026", Leaving_Reason="Death in Service"), on=NEXT_MONTH, at=LATER)

    assert said(batch)[0] == (
        "leave",
        2,
        "Ann Weaver died in service on 12 June 2026. No more letters or mail; a share passes by the rules on death, "
        "to a nominee or personal representatives.",
    )
    assert Person.objects.get().died_on == date(2026, 6, 12)
    assert queries.history_of(Membership.objects.get()).get(kind="cease").reason == "died in service"


@pytest.mark.parametrize("start", list("=+-@\t"))
def test_21_a_formula_is_only_text_when_the_register_goes_out(in_society, start):
    bring_in(ann(Last_Name=f"{start}cmd"))

    text = register_csv(queries.register_entries(on=TODAY), label=str)

    cell = "cmd" if start == "\t" else f"'{start}cmd"
    assert cell in text.splitlines()[1].split(",")


def test_somebody_who_said_no_is_not_enrolled_again(in_society):
    bring_in(ann())
    record_opt_out(membership=Membership.objects.get(), said_on=TODAY, by="tests", at=NOON)

    batch = propose(ann(), on=NEXT_MONTH, at=LATER)

    assert said(batch) == [("outside", 2, "Ann Weaver said no to membership; that stands until they say otherwise.")]


def test_where_people_apply_the_file_only_invites(in_company):
    FeedWord.objects.create(what="group", said="Nursing and Midwifery Registered", meant="clinical")

    batch = bring_in(ann())
    again = propose(ann())

    assert said(batch) == [("invite", 2, "Ann Weaver may join in clinical staff and is invited to.")]
    assert members() == []
    assert said(again) == []
    admit_due(due=AdmissionDue.objects.all(), by="tests", at=NOON)
    assert members() == [("Ann Weaver", "clinical")]


def test_a_staff_group_that_fits_nowhere_is_a_question(in_company):
    batch = propose(ann())

    assert said(batch) == [
        (
            "conflict",
            2,
            "Ann Weaver: “Nursing and Midwifery Registered” is in no constituency of staff owners.",
        )
    ]
