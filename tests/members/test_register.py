"""The register as it stood on any date, and as it was known at any moment."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from members import queries
from members.actions import (
    AdmissionRefused,
    EntryRefused,
    LoginRefused,
    admit_member,
    cease_membership,
    change_constituency,
    change_particulars,
    correct_entry,
    link_login,
    strike_entry,
)
from members.models import Membership, RegisterEntry
from mutualgov.access.permissions import Role
from mutualgov.access.queries import roles_of
from mutualgov.audit.models import AuditEntry
from mutualgov.constitution.queries import NoConstitution
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY
from tests.factories.members import make_member, make_members, make_person
from tests.members.conftest import adopt

LATER = NOON + timedelta(days=30)
pytestmark = pytest.mark.django_db


def names(on, known_at=None, **how):
    return [line.name for line in queries.register_entries(on=on, known_at=known_at, **how)]


def cease(membership, on, *, at=NOON, reason="left employment"):
    return cease_membership(membership=membership, effective_on=on, reason=reason, by="tests", at=at)


def test_a_member_is_on_the_register_from_the_day_of_joining_until_the_day_of_ceasing(in_society):
    ann = make_member(on=date(2026, 1, 10))
    cease(ann, date(2026, 4, 1))

    days = [date(2026, 1, 9), date(2026, 1, 10), date(2026, 3, 31), date(2026, 4, 1)]
    assert [names(day) for day in days] == [[], ["Ann Member"], ["Ann Member"], []]


def test_a_former_member_stays_in_the_register_with_the_date_of_ceasing(in_society):
    cease(make_member(on=date(2026, 1, 10)), date(2026, 4, 1))

    [line] = queries.register_entries(on=TODAY, former=True)

    assert (line.joined_on, line.ceased_on) == (date(2026, 1, 10), date(2026, 4, 1))


def test_a_back_dated_end_leaves_the_register_as_it_was_known_before(in_society):
    ann = make_member(on=date(2026, 1, 10))
    record_date = date(2026, 5, 1)
    cease(ann, date(2026, 4, 1), at=LATER)

    assert names(record_date, known_at=NOON) == ["Ann Member"]
    assert names(record_date) == []


def test_an_end_still_to_come_may_be_moved_and_both_entries_stay(in_society):
    ann = make_member(on=date(2026, 1, 10))
    cease(ann, date(2026, 9, 1))
    cease(ann, date(2026, 7, 1), at=LATER)

    assert names(date(2026, 7, 1)) == []
    assert names(date(2026, 8, 31), known_at=NOON) == ["Ann Member"]
    assert [entry.kind for entry in queries.history_of(ann)] == ["admit", "cease", "cease"]


def test_nobody_leaves_twice(in_society):
    ann = make_member(on=date(2026, 1, 10))
    cease(ann, date(2026, 4, 1))

    with pytest.raises(EntryRefused) as refused:
        cease(ann, date(2026, 5, 1), at=LATER)

    assert refused.value.reason == "This membership already ceases on 1 April 2026."


def test_nobody_leaves_before_joining(in_society):
    ann = make_member(on=date(2026, 1, 10))

    with pytest.raises(EntryRefused, match="began on 10 January 2026; nothing can take effect before that day"):
        cease(ann, date(2026, 1, 9))


def test_joining_again_is_a_new_membership_with_a_new_number(in_society):
    ann = make_member(on=date(2025, 1, 10))
    make_member("Bea Member", on=date(2025, 2, 1))
    cease(ann, date(2025, 6, 1))

    again = admit_member(
        person=ann.person,
        class_key="staff",
        constituency_key="nursing",
        effective_on=date(2025, 6, 1),
        authority="tests",
        by="tests",
        at=NOON,
    )

    assert (ann.number, again.number) == (1, 3)
    assert [line.number for line in queries.register_entries(on=date(2025, 5, 31))] == [1, 2]
    assert sorted(line.number for line in queries.register_entries(on=date(2025, 6, 1))) == [2, 3]


def test_one_membership_of_a_class_at_a_time(in_society):
    ann = make_member(on=date(2026, 1, 10))
    cease(ann, date(2026, 9, 1))

    with pytest.raises(AdmissionRefused) as refused:
        admit_member(
            person=ann.person,
            class_key="staff",
            constituency_key="nursing",
            effective_on=TODAY,
            authority="tests",
            by="tests",
            at=NOON,
        )

    assert refused.value.reason == (
        f"Ann Member: Already a member of this class from 10 January 2026 until 1 September 2026 ({ann.reference})."
    )


def test_the_database_too_refuses_two_memberships_of_a_class_at_once(in_society):
    ann = make_member(on=date(2026, 1, 10))
    make = {"person": ann.person, "class_key": "staff", "number": 9}

    for joined, ceased in ((TODAY, None), (date(2025, 1, 1), date(2026, 1, 11)), (date(2025, 1, 1), None)):
        with pytest.raises(DatabaseError, match="one_membership_at_a_time"), transaction.atomic():
            Membership.objects.create(joined_on=joined, ceased_on=ceased, **make)

    Membership.objects.create(joined_on=date(2025, 1, 1), ceased_on=date(2026, 1, 10), **make)


def test_the_database_refuses_to_bring_a_membership_back_over_another(in_society):
    ann = make_member(on=date(2025, 1, 10))
    cease(ann, date(2025, 6, 1))
    admit_member(
        person=ann.person,
        class_key="staff",
        constituency_key="nursing",
        effective_on=date(2025, 6, 1),
        authority="tests",
        by="tests",
        at=NOON,
    )

    with pytest.raises(DatabaseError, match="one_membership_at_a_time"), transaction.atomic():
        Membership.objects.filter(pk=ann.pk).update(ceased_on=None)
    with pytest.raises(EntryRefused, match="Already a member of this class from 1 June 2025 which goes on"):
        strike_entry(entry=queries.history_of(ann).get(kind="cease"), authority="tests", by="tests", at=NOON)


def two_hats():
    """Ann is staff of the trust and lives in its north."""
    ann = make_member(
        on=date(2026, 1, 10),
        facts={"employed": True, "contract": "permanent", "group": "clinical", "lives_in": "north"},
    )
    public = admit_member(
        person=ann.person,
        class_key="public",
        constituency_key="north",
        effective_on=TODAY,
        authority="tests",
        by="tests",
        at=NOON,
    )
    return ann, public


def test_a_membership_of_another_class_may_run_beside(in_trust):
    two_hats()

    assert [line.class_key for line in queries.register_entries(on=TODAY)] == ["staff", "public"]


def test_a_person_of_two_classes_is_counted_once_and_as_staff(in_trust):
    staff, _ = two_hats()

    def members(*by):
        return [line.reference for line in queries.members_in(by=by, on=TODAY)]

    assert members("public", "staff") == [staff.reference]
    assert members("annual_members_meeting") == [staff.reference]
    assert members("north") == []


def test_members_of_a_constituency_are_those_in_it_on_the_day(in_society):
    ann = make_member(constituency_key="nursing", on=date(2026, 1, 10))
    make_member("Bea Member", constituency_key="support", on=date(2026, 1, 10))
    change_constituency(
        membership=ann, constituency_key="support", effective_on=TODAY, authority="tests", by="tests", at=NOON
    )

    def members(key, on):
        return [line.name for line in queries.members_in(by=[key], on=on)]

    yesterday = TODAY - timedelta(days=1)
    assert (members("nursing", yesterday), members("support", yesterday)) == (["Ann Member"], ["Bea Member"])
    assert (members("nursing", TODAY), members("support", TODAY)) == ([], ["Ann Member", "Bea Member"])


def test_nobody_moves_to_a_constituency_that_their_class_does_not_have(in_society):
    ann = make_member(on=date(2026, 1, 10))

    with pytest.raises(EntryRefused) as refused:
        change_constituency(
            membership=ann, constituency_key="north", effective_on=TODAY, authority="tests", by="tests", at=NOON
        )

    assert refused.value.reason == (
        "Everybody in staff members belongs to one constituency: "
        "nursing and therapy, home and intermediate care, support services."
    )


def test_a_changed_name_is_the_new_one_from_its_day_and_the_old_one_stays(in_society):
    ann = make_member(on=date(2026, 1, 10))
    change_particulars(
        person=ann.person,
        family_name="Newname",
        changed_on=date(2026, 5, 2),
        authority="marriage certificate",
        by="tests",
        at=NOON,
    )

    assert (names(date(2026, 5, 1)), names(date(2026, 5, 2))) == (["Ann Member"], ["Ann Newname"])
    entry = queries.history_of(ann).get(kind="particulars")
    assert (entry.effective_on, entry.entered_at, entry.particulars) == (
        date(2026, 5, 2),
        NOON,
        {"family_name": "Newname"},
    )
    assert queries.names_of([ann.reference, "M-NOBODY"]) == {ann.reference: "Ann Newname"}


def test_a_wrong_date_is_corrected_by_another_entry(in_society):
    ann = make_member(on=date(2026, 1, 10))
    correct_entry(
        entry=queries.history_of(ann).get(),
        effective_on=date(2026, 2, 10),
        authority="minute 7",
        by="tests",
        at=LATER,
    )

    assert names(date(2026, 1, 20)) == []
    assert names(date(2026, 1, 20), known_at=NOON) == ["Ann Member"]
    assert Membership.objects.get().joined_on == date(2026, 2, 10)


def test_an_entry_that_no_longer_counts_is_not_corrected_again(in_society):
    ann = make_member(on=date(2026, 1, 10))
    end = cease(ann, date(2026, 4, 1))
    strike_entry(entry=end, authority="minute 7", by="tests", at=NOON)

    with pytest.raises(EntryRefused, match="corrected or struck out already"):
        strike_entry(entry=end, authority="minute 8", by="tests", at=LATER)
    assert names(TODAY) == ["Ann Member"]


def test_the_database_refuses_to_alter_an_entry(in_society):
    make_member()

    for change in ("update members_registerentry set reason = 'x'", "delete from members_registerentry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)

    assert RegisterEntry.objects.count() == 1


def test_the_chain_holds_references_and_no_names(in_society):
    ann = make_member("Ann Member", constituency_key="nursing")

    entry = AuditEntry.objects.get(action="members.admitted")

    assert entry.details == {
        "membership": ann.reference,
        "number": 1,
        "person": ann.person.reference,
        "class": "staff",
        "constituency": "nursing",
        "effective_on": "2026-06-01",
    }


def test_nobody_is_admitted_whom_the_constitution_does_not_admit(in_society):
    stranger = make_person("Sid Stranger")
    with pytest.raises(AdmissionRefused) as refused:
        admit_member(
            person=stranger,
            class_key="staff",
            constituency_key="nursing",
            effective_on=TODAY,
            authority="tests",
            by="tests",
            at=NOON,
        )

    assert (refused.value.rule, refused.value.reason) == (
        "classes.staff.where",
        "Sid Stranger: To be one of staff members a person needs: employed.",
    )


def test_nobody_is_admitted_below_the_minimum_age(in_society):
    with pytest.raises(AdmissionRefused) as refused:
        make_member("Yan Young", born_on=date(2010, 6, 2))

    assert (refused.value.rule, refused.value.reason) == (
        "classes.staff.age",
        "Yan Young: A member must be at least 16; this person is that age on Tuesday 2 June 2026.",
    )
    assert make_member("Ola Old", born_on=date(2010, 6, 1)).number == 1


def test_nobody_is_admitted_to_a_constituency_that_is_not_theirs(in_society):
    with pytest.raises(AdmissionRefused, match="this person does not belong in support services"):
        make_member(
            constituency_key="support", facts={"employed": True, "staff_group": "Nursing and Midwifery Registered"}
        )


def test_nobody_is_admitted_before_there_is_a_constitution(in_weavers):
    with pytest.raises(NoConstitution):
        admit_member(
            person=make_person(), class_key="staff", effective_on=TODAY, authority="tests", by="tests", at=NOON
        )


def test_numbers_have_no_gaps_after_a_refusal(in_society):
    ann = make_member()
    with pytest.raises(AdmissionRefused), transaction.atomic():
        admit_member(
            person=ann.person,
            class_key="staff",
            constituency_key="nursing",
            effective_on=TODAY,
            authority="",
            by="tests",
            at=NOON,
        )

    assert make_member("Bea Member").number == 2


def test_each_mutual_counts_its_own_members(weavers, bakers):
    for mutual in (weavers, bakers):
        with acting_in(mutual):
            adopt("riverside", mutual)
            assert make_member().number == 1
            assert len(queries.register_entries(on=TODAY)) == 1


def test_a_login_enters_as_a_member_until_the_last_membership_ends(in_society, weavers, member):
    ann = make_member(on=date(2026, 1, 10))
    newcomer = type(member).objects.create_user("ann@example.org")
    link_login(membership=ann, user=newcomer, by="tests", at=NOON)
    cease(ann, date(2026, 9, 1))

    assert queries.membership_of(newcomer, on=TODAY) == ann
    assert roles_of(newcomer, mutual=weavers, on=date(2026, 8, 31)) == {Role.MEMBER}
    assert roles_of(newcomer, mutual=weavers, on=date(2026, 9, 1)) == frozenset()
    assert queries.membership_of(newcomer, on=date(2026, 9, 1)) is None


def test_a_login_acts_for_one_person(in_society, member):
    ann, bea = make_member(), make_member("Bea Member")
    link_login(membership=ann, user=member, by="tests", at=NOON)

    with pytest.raises(LoginRefused, match=ann.person.reference):
        link_login(membership=bea, user=member, by="tests", at=NOON)


def test_the_register_takes_one_query_however_many_members(in_society, django_assert_num_queries):
    make_members(3)

    with django_assert_num_queries(1):
        assert len(queries.register_entries(on=TODAY)) == 3
