"""Versions of a constitution: adopted from a date, never edited, found again by date."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from mutualgov.audit.models import AuditEntry
from mutualgov.constitution import queries
from mutualgov.constitution.actions import (
    AdoptionRefused,
    FoundingRefused,
    adopt_constitution,
    found_mutual,
    start_text,
)
from mutualgov.constitution.document.problems import WrongConstitution
from mutualgov.constitution.document.tree import Layer
from mutualgov.constitution.models import ConstitutionVersion
from mutualgov.constitution.queries import NoConstitution, constitution_versions, rulebook_in_force
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db

WEAVERS = start_text("riverside", key="weavers", name="Weavers Mutual")


def adopt(secretary, text=WEAVERS, adopted_on=TODAY):
    return adopt_constitution(text=text, adopted_on=adopted_on, by=secretary, at=NOON)


def changed(quorum):
    return f"{WEAVERS}bodies: {{council: {{quorum: {quorum}}}}}\n"


def test_a_mutual_starts_from_a_template(in_weavers, secretary):
    version = adopt(secretary)

    book = rulebook_in_force(on=TODAY)
    assert (version.number, book.version, book.mutual.name) == (1, 1, "Weavers Mutual")
    assert book.seats["council.staff_governor_nursing"].n == 3
    assert book.source_of("rules.remove.pass").layer is Layer.TEMPLATE


def test_each_date_has_the_version_that_held_on_it(in_weavers, secretary):
    adopt(secretary)
    adopt(secretary, changed("1/3"), adopted_on=date(2026, 9, 1))

    assert [rulebook_in_force(on=on).version for on in (TODAY, date(2026, 8, 31), date(2026, 9, 1))] == [1, 1, 2]
    assert [version.number for version in constitution_versions()] == [2, 1]


def test_two_versions_of_one_day_the_later_number_holds(in_weavers, secretary):
    adopt(secretary)
    adopt(secretary, changed("1/3"))

    assert rulebook_in_force(on=TODAY).version == 2


def test_before_the_first_version_nothing_can_be_decided(in_weavers, secretary):
    adopt(secretary)

    with pytest.raises(NoConstitution) as refused:
        rulebook_in_force(on=TODAY - timedelta(days=1))
    assert refused.value.reason == (
        "Weavers Mutual has no constitution in force on Sunday 31 May 2026. Adopt one from that date or earlier."
    )


def test_the_chain_says_what_was_adopted_and_acts_name_the_version_they_rest_on(in_weavers, secretary):
    version = adopt(secretary)

    entry = AuditEntry.objects.get(action="constitution.adopted")
    assert (entry.subject, entry.constitution) == ("version-1", 1)
    assert entry.details == {"number": 1, "adopted_on": "2026-06-01", "sha256": version.sha256}


def test_a_wrong_constitution_leaves_nothing_behind(in_weavers, secretary):
    with pytest.raises(WrongConstitution):
        adopt(secretary, WEAVERS.replace("riverside", "riversyde"))

    assert not ConstitutionVersion.objects.exists()
    assert not AuditEntry.objects.filter(action="constitution.adopted").exists()


def test_another_mutuals_constitution_is_refused(in_weavers, secretary):
    with pytest.raises(AdoptionRefused) as refused:
        adopt(secretary, start_text("riverside", key="bakers", name="Bakers Mutual"))

    assert refused.value.reason == "This is the constitution of “bakers”, not of “weavers”. Check mutual: key:."


def test_a_version_cannot_hold_from_before_the_last_one(in_weavers, secretary):
    adopt(secretary)

    with pytest.raises(AdoptionRefused) as refused:
        adopt(secretary, changed("1/3"), adopted_on=date(2026, 5, 1))
    assert refused.value.reason == (
        "Version 1 holds from Monday 1 June 2026; the next cannot hold from Friday 1 May 2026. "
        "Choose that day or a later one."
    )


def test_adopting_the_same_again_changes_nothing(in_weavers, secretary):
    adopt(secretary)

    with pytest.raises(AdoptionRefused) as refused:
        adopt(secretary, adopted_on=date(2026, 9, 1))
    assert refused.value.reason == "This says exactly what version 1 says. There is nothing to adopt."


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_version(change, in_weavers, secretary):
    adopt(secretary)
    version = ConstitutionVersion.objects.filter(number=1)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        version.update(adopted_on=TODAY) if change == "update" else version.delete()


def test_a_version_keeps_the_law_and_the_template_as_they_read(in_weavers, secretary):
    version = adopt(secretary)

    assert [(layer["layer"], layer["name"]) for layer in version.layers] == [
        ("LAW", "ccbs_2014"),
        ("TEMPLATE", "riverside"),
    ]
    kept = version.layers[1]["text"]
    version.layers[1]["text"] = kept.replace("quorum: 1/2", "quorum: 2/3")
    version.sha256 = "as if the template of a later release said something else"
    assert str(queries.rulebook_of(version).bodies["council"].quorum) == "2/3"


def test_a_rulebook_is_compiled_once_and_then_takes_one_query(in_weavers, secretary, django_assert_num_queries):
    adopt(secretary)
    first = rulebook_in_force(on=TODAY)

    with django_assert_num_queries(1):
        again = rulebook_in_force(on=TODAY)

    assert again is first


def test_one_mutuals_rules_are_not_anothers(in_weavers, bakers, secretary):
    adopt(secretary)

    with acting_in(bakers), pytest.raises(NoConstitution):
        rulebook_in_force(on=TODAY)


def test_a_mutual_is_founded_from_its_constitution(db):
    mutual = found_mutual(
        text=start_text("lantern", key="wound-care", name='Wound "Care" CIC'), founded_on=TODAY, by="tests", at=NOON
    )

    assert (mutual.key, mutual.name) == ("wound-care", 'Wound "Care" CIC')
    with acting_in(mutual):
        assert rulebook_in_force(on=TODAY).version == 1
        assert [entry.action for entry in AuditEntry.objects.all()] == ["constitution.adopted", "constitution.founded"]


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("weavers", "There already is a mutual “weavers” here. Choose another key."),
        ("static", "“static” is an address of the site itself. Choose another key."),
    ],
)
def test_a_key_that_is_taken_founds_nothing(key, reason, weavers):
    with pytest.raises(FoundingRefused) as refused:
        found_mutual(text=start_text("riverside", key=key, name="New"), founded_on=TODAY, by="tests", at=NOON)

    assert refused.value.reason == reason
    assert [mutual.key for mutual in Mutual.objects.all()] == ["weavers"]


def test_a_template_that_does_not_ship():
    with pytest.raises(FoundingRefused) as refused:
        start_text("riversyde", key="new", name="New")

    assert refused.value.reason == "There is no template “riversyde”. Did you mean riverside?"
