"""The pages of the register, a member, the staff feed and a member's own membership."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members import leaving, queries
from members.actions import cease_membership, change_particulars, link_login
from members.models import AdmissionDue, FeedBatch, FeedWord, Membership
from mutualgov.core.clock import now, uk_date
from mutualgov.duties.needs import Asker, needs_of
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON
from tests.factories.members import make_member, make_members
from tests.members.conftest import adopt
from tests.members.payroll import ann, as_csv, ben, bring_in, others, propose
from tests.members.samples import samples

pytestmark = pytest.mark.django_db


def address(name, mutual="weavers", **kwargs):
    return reverse(f"members:{name}", kwargs={"mutual": mutual, **kwargs})


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.fixture
def office(client, secretary):
    """A browser in which the secretary is signed in."""
    client.force_login(secretary)
    return client


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return " ".join(response.content.decode().split())


# --- the register -----------------------------------------------------------------------------------------------------


def test_the_register_shows_a_day_as_it_was_known_on_another(in_society, office):
    ann = make_member("Ann Early", on=date(2026, 1, 10))
    cease_membership(
        membership=ann, effective_on=date(2026, 4, 1), reason="left employment", by="tests", at=NOON + timedelta(days=9)
    )

    may = day("on", date(2026, 5, 1))
    as_known_now = text_of(office.get(address("register"), may))
    as_known_then = text_of(office.get(address("register"), may | day("known_on", date(2026, 6, 2))))

    assert "Ann" not in as_known_now
    assert "Nobody was a member on that day" in as_known_now
    assert "Early, Ann" in as_known_then
    assert "As it stood on 1 May 2026, as it was known on 2 June 2026" in as_known_then


def test_the_register_finds_a_member_by_part_of_a_name_and_by_constituency(in_society, office):
    make_member("Siobhán O’Brien", constituency_key="support")
    make_member("Ben Baker")

    by_name = text_of(office.get(address("register"), {"name": "obri sio"}))
    by_part = text_of(office.get(address("register"), {"constituency": "nursing"}))
    by_none = text_of(office.get(address("register"), {"name": "Nobody"}))

    assert ("O’Brien, Siobhán" in by_name, "Baker, Ben" in by_name) == (True, False)
    assert ("O’Brien, Siobhán" in by_part, "Baker, Ben" in by_part) == (False, True)
    assert "Nobody in the register matches" in by_none


def test_the_register_comes_in_pages_and_whole_on_paper(in_society, office):
    make_members(51)

    assert text_of(office.get(address("register"))).count("Member</a>") == 50
    assert text_of(office.get(address("register"), {"page": 2})).count("Member</a>") == 1
    assert text_of(office.get(address("register"), {"paper": 1})).count("Member</a>") == 51


def test_a_day_that_cannot_be_is_told_and_shows_nobody(in_society, office):
    make_member("Ann Early")

    answer = text_of(office.get(address("register"), {"on_day": "31", "on_month": "2", "on_year": "2026"}))

    assert "31 2 2026 is not a date in the calendar." in answer
    assert "Early" not in answer


def test_the_register_before_any_constitution_is_empty_and_says_what_to_do(weavers, office):
    assert "Bring in a staff file" in text_of(office.get(address("register")))


def test_the_register_as_a_file_holds_what_the_law_asks_and_no_more(in_society, office):
    make_member("=Ann Early", on=date(2026, 1, 10), email="ann@home.example", service_address="c/o Weavers Mutual")

    answer = office.get(address("register-file"), day("on", date(2026, 5, 1)))

    assert answer["Content-Disposition"] == 'attachment; filename="weavers-register-2026-05-01.csv"'
    reference = Membership.objects.get().reference
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Number,Surname,Given name,Service address,Class,Constituency,Date entered as a member,"
        "Date membership ceased,Reference",
        f"1,Early,'=Ann,c/o Weavers Mutual,staff members,nursing and therapy,2026-01-10,,{reference}",
    ]


def test_pages_of_lists_take_as_many_queries_for_3_as_for_1(in_society, office, django_assert_max_num_queries):
    def queries_of(path):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            text_of(office.get(path))
        return len(asked)

    paths = [address("register"), address("feed"), address("admissions"), address("register-file")]
    make_member()
    bring_in(*others(1))
    one = [queries_of(path) for path in paths]
    make_members(2)
    bring_in(*others(3))

    assert [queries_of(path) for path in paths] == one


# --- one member -------------------------------------------------------------------------------------------------------


def test_a_members_page_shows_every_entry_with_both_dates(in_society, office):
    ann = make_member("Ann Early", on=date(2026, 1, 10))
    change_particulars(
        person=ann.person,
        family_name="Weft",
        changed_on=date(2026, 5, 2),
        authority="marriage certificate",
        by="tests",
        at=NOON,
    )

    answer = text_of(office.get(address("member", membership=ann.reference)))

    for words in ("10 January 2026", "2 May 2026", "1 June 2026 at", "marriage certificate", "CA 2006 s.113(6A)"):
        assert words in answer


def test_a_chair_sees_the_register_and_not_the_record_beside_it(in_society, client, weavers):
    from mutualgov.access.permissions import Role
    from tests.conftest import make_login

    ann = make_member("Ann Early", email="ann@home.example")
    client.force_login(make_login("Cora Chair", weavers, Role.CHAIR))

    answer = text_of(client.get(address("member", membership=ann.reference)))

    assert "ann@home.example" not in answer
    assert "1 January 1980" not in answer
    assert "End the membership" not in answer


def test_ending_a_membership_shows_first_what_hangs_on_it(in_society, office, monkeypatch):
    ann = make_member("Ann Early", on=date(2026, 1, 10))
    monkeypatch.setattr(leaving, "_tellers", [lambda refs, on: {ref: ["Holds 1 share."] for ref in refs}])
    page = address("end", membership=ann.reference)

    asked = text_of(office.get(page))
    unsure = text_of(office.post(page, {}), status=422)
    done = office.post(page, day("effective_on", date(2026, 7, 1)) | {"reason": "resigned"}, follow=True)

    assert "Holds 1 share." in asked
    assert "Enter the first day on which they are no longer a member." in unsure
    assert "The end of the membership is entered." in text_of(done)
    assert queries.register_entries(on=date(2026, 7, 1)) == []


def test_an_end_before_the_beginning_is_refused_with_the_day(in_society, office):
    ann = make_member("Ann Early", on=date(2026, 1, 10))

    answer = office.post(
        address("end", membership=ann.reference), day("effective_on", date(2025, 7, 1)) | {"reason": "resigned"}
    )

    assert "This membership began on 10 January 2026" in text_of(answer, status=409)


def test_an_entry_is_struck_out_only_with_a_reason(in_society, office):
    ann = make_member("Ann Early", on=date(2026, 1, 10))
    cease_membership(membership=ann, effective_on=date(2026, 4, 1), reason="resigned", by="tests", at=NOON)
    page = address("strike", membership=ann.reference, entry=2)

    refused = text_of(office.post(page, {}), status=409)
    done = text_of(office.post(page, {"authority": "letter of 4 June 2026"}, follow=True))

    assert "Say what shows that the entry was wrong" in refused
    assert "No longer counts" in done
    assert Membership.objects.get().ceased_on is None
    assert office.post(address("strike", membership=ann.reference, entry=9)).status_code == 404


def test_a_member_is_let_in_by_e_mail_and_finds_their_own_page(in_society, office, client, weavers):
    ann = make_member("Ann Early", on=date(2026, 1, 10))

    text_of(office.post(address("login", membership=ann.reference), {"email": "ann@home.example"}, follow=True))

    ann.person.refresh_from_db()
    client.force_login(ann.person.login)
    answer = text_of(client.get(address("me")))
    assert "You have been a member of Weavers Mutual since 10 January 2026. Your member number is 1." in answer
    assert client.get(address("register")).status_code == 403


# --- the staff feed ---------------------------------------------------------------------------------------------------


def upload(content, name="staff.csv"):
    return {"file": SimpleUploadedFile(name, content, content_type="text/csv")}


def test_a_file_is_brought_in_looked_at_and_approved_once(in_society, office):
    shown = office.post(address("feed"), upload(as_csv(ann(), ben())), follow=True)
    batch = FeedBatch.objects.get()
    first = office.post(address("approve", batch=batch.reference), follow=True)
    second = office.post(address("approve", batch=batch.reference), follow=True)

    assert "Ann Weaver joins in nursing and therapy." in text_of(shown)
    assert "The file is approved and written into the register." in text_of(first)
    assert "nothing is done twice" in text_of(second, status=409)
    assert [line.name for line in queries.register_entries(on=uk_date(now()))] == ["Ben Baker", "Ann Weaver"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. Export the staff list again."),
        (b"%PDF-1.7 no table", "is a picture or a PDF, not a table"),
        (b"dear secretary,\nplease find enclosed\n", "is not a staff list"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_the_box(in_society, office, content, sentence):
    answer = text_of(office.post(address("feed"), upload(content)), status=422)

    assert sentence in answer
    assert FeedBatch.objects.count() == 0


def test_no_file_at_all_asks_for_one(in_society, office):
    assert "Choose the file that payroll exported." in text_of(office.post(address("feed"), {}), status=422)


def test_a_question_is_answered_on_the_batch(in_society, office):
    bring_in(ann())
    batch = propose(
        ann(),
        ben(
            Employee_Number="10949595x",
            NI_Number="",
            Date_of_Birth="01/02/1980",
            Last_Name="Weaver",
            Postcode="MB1 1AA",
        ),
    )

    shown = text_of(office.get(address("batch", batch=batch.reference)))
    answered = office.post(
        address("answer", batch=batch.reference), {"question": "two 10949595x", "answer": "new"}, follow=True
    )

    assert "Are they the same person?" in shown
    assert "Your answer is kept" in text_of(answered)
    stale = office.post(address("answer", batch=batch.reference), {"question": "who nobody", "answer": "new"})
    assert "That question is no longer open." in text_of(stale, status=409)


def test_staff_groups_are_taught_once(in_company, office):
    batch = propose(ann(), ben())

    shown = text_of(office.get(address("batch", batch=batch.reference)))
    office.post(address("groups", batch=batch.reference), {"group_0": "office", "group_1": "clinical"})

    assert "Which constituency are these staff groups in?" in shown
    assert [line.sentence for line in batch.lines.all()] == [
        "Ann Weaver may join in clinical staff and is invited to.",
        "Ben Baker may join in office staff and is invited to.",
    ]
    assert FeedWord.objects.filter(what="group").count() == 2


def test_a_column_is_named_by_hand_and_remembered(in_society, office):
    headings = tuple("Kontrakt" if h == "Assignment Category" else h for h in as_csv().decode().strip().split(","))
    batch = propose(content=as_csv(ann() | {"Kontrakt": "Permanent"}, headings=headings))
    assert [line.kind for line in batch.lines.all()] == ["outside"]

    number = headings.index("Kontrakt")
    columns = {f"column_{i}": c["field"] for i, c in enumerate(batch.columns) if c["field"]}
    answer = office.post(
        address("columns", batch=batch.reference), columns | {f"column_{number}": "category"}, follow=True
    )

    assert "The columns are remembered" in text_of(answer)
    assert [line.kind for line in batch.lines.all()] == ["join"]
    twice = office.post(address("columns", batch=batch.reference), columns | {f"column_{number}": "born_on"})
    assert "Two columns are read as Date of Birth. Choose one." in text_of(twice, status=422)


def test_an_alarming_file_is_approved_with_a_reason(in_society, office):
    bring_in(*others(40))
    batch = propose(*others(30))

    without = office.post(address("approve", batch=batch.reference), {})
    given = office.post(address("approve", batch=batch.reference), {"despite": "A contract ended"}, follow=True)

    assert "say why it is right" in text_of(without, status=409)
    assert "Approved all the same, because: A contract ended" in text_of(given)


def test_a_file_is_put_aside_and_writes_nothing(in_society, office):
    batch = propose(ann())

    text_of(office.post(address("discard", batch=batch.reference), follow=True))

    assert Membership.objects.count() == 0
    batch.refresh_from_db()
    assert (batch.stage, batch.content) == ("discarded", None)


# --- people to admit --------------------------------------------------------------------------------------------------


def test_invited_people_are_admitted_when_they_say_yes(in_company, office):
    FeedWord.objects.create(what="group", said="Nursing and Midwifery Registered", meant="clinical")
    bring_in(ann())
    due = AdmissionDue.objects.get()

    shown = text_of(office.get(address("admissions")))
    nobody = text_of(office.post(address("admissions"), {}), status=422)
    done = text_of(office.post(address("admissions"), {"chosen": [due.reference]}, follow=True))

    assert "Ann Weaver" in shown
    assert "Choose at least one person." in nobody
    assert "1 person is admitted." in done
    assert Membership.objects.get().person.name == "Ann Weaver"


def test_a_secretary_is_told_what_the_register_needs(in_society, secretary):
    from mutualgov.access.permissions import Role

    bring_in(ann(), ben(Assignment_Start="20/06/2026"))
    bring_in(ben(Assignment_Start="20/06/2026"), on=date(2026, 6, 2))
    bring_in(ben(Assignment_Start="20/06/2026", Preferred_Name="B"), on=date(2026, 6, 3))
    propose(ann(), ben())
    midsummer = NOON + timedelta(days=23)

    def titles(role, at):
        needs = needs_of(Asker(secretary, frozenset({role}), at))
        return [need.title for need in needs if need.url.startswith(("/weavers/register/", "/weavers/staff-files/"))]

    assert titles(Role.SECRETARY, midsummer) == [
        "Admit 1 starter whose day has come",
        "Ask payroll about 1 member missing from two files",
        "Look at the staff file staff.csv and approve it",
    ]
    assert titles(Role.CHAIR, midsummer) == []


# --- a member's own page ----------------------------------------------------------------------------------------------


def test_a_member_reads_which_constituency_and_why(in_society, client, member):
    bring_in(ann())
    link_login(membership=Membership.objects.get(), user=member, by="tests", at=NOON)
    client.force_login(member)

    answer = text_of(client.get(address("me")))

    assert (
        "You are in nursing and therapy because your main post is in the staff group Nursing and Midwifery Registered."
        in answer
    )


def test_a_member_opts_out_and_is_asked_whether_they_are_sure(in_society, client, member):
    ann = make_member("Ann Early", on=date(2026, 1, 10))
    link_login(membership=ann, user=member, by="tests", at=NOON)
    client.force_login(member)

    unsure = text_of(client.post(address("opt-out"), {}), status=409)
    client.post(address("opt-out"), {"sure": "yes"})

    assert "Nothing has changed." in unsure
    ann.refresh_from_db()
    assert ann.ceased_on == uk_date(now())


def test_a_login_without_membership_is_told_so(in_society, client, member):
    client.force_login(member)

    assert "This login is not linked to a membership today" in text_of(client.get(address("me")))


# --- who may ----------------------------------------------------------------------------------------------------------


def test_pages_of_things_are_hidden_from_strangers_and_from_members(
    weavers, client, secretary, member, bakers_secretary
):
    with acting_in(weavers):
        adopt("riverside", weavers)
    paths = [address(name.removeprefix("members:"), **kwargs) for name, kwargs in samples(weavers).items()]
    verbs = ("approve", "discard", "compare", "answer", "groups", "columns", "strike")
    found = {}
    for name, login in (("stranger", bakers_secretary), ("member", member)):
        client.force_login(login)
        found[name] = {client.get(path).status_code for path in paths}

    client.force_login(secretary)
    pages = [path for path in paths if not path.rstrip("/").endswith(verbs)]

    assert found == {"stranger": {404}, "member": {403}}
    assert {client.get(path).status_code for path in pages} == {200}


def test_a_thing_that_is_not_there_is_404(in_society, office):
    for name, kwargs in (("member", {"membership": "M-NOBODY"}), ("batch", {"batch": "FB-NONE"})):
        assert office.get(address(name, **kwargs)).status_code == 404
