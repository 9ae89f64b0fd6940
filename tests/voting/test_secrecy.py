"""Nothing that is kept leads from a voter to a ballot: not a column, not a row's place, not its transaction.

The marks of PostgreSQL's storage (``xmin``, ``xmax``, ``ctid``) are read as an attacker with the database files would.
"""

import random

import pytest
from django.apps import apps
from django.db import connection, connections, models, transaction

from mutualgov.audit.models import AuditEntry
from mutualgov.tenancy.scope import acting_in
from tests.factories import voting as make
from voting import actions
from voting.ballots import Answer, leaf_hash
from voting.box.models import Ballot
from voting.lifecycle import Step
from voting.models import Mark, RollEntry
from voting.queries import dates_of, roll_lines

VOTERS = 200
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="the marks are those of PostgreSQL")
ALLOWED = {
    "Urn": {"mutual", "key", "sealed"},
    "Ballot": {"mutual", "leaf", "urn", "style", "body"},
    "Pile": {"mutual", "name", "papers", "secret", "deposited"},
}


def test_the_box_has_only_columns_that_tell_nothing():
    found = {
        model.__name__: {field.name for field in model._meta.get_fields()}
        for model in apps.get_app_config("box").get_models()
    }

    assert found == ALLOWED


def test_no_column_of_the_box_counts_or_tells_time():
    kinds = {type(field) for model in apps.get_app_config("box").get_models() for field in model._meta.fields}

    assert kinds == {models.CharField, models.BooleanField, models.BinaryField, models.JSONField, models.ForeignKey}


@pytest.mark.django_db
def test_no_key_leads_out_of_the_box_or_into_it():
    box = connections["box"]
    with box.cursor() as cursor:
        tables = [model._meta.db_table for model in apps.get_app_config("box").get_models()]
        keys = [
            constraint["foreign_key"]
            for table in tables
            for constraint in box.introspection.get_constraints(cursor, table).values()
            if constraint["foreign_key"]
        ]
    inward = [
        field
        for model in apps.get_models()
        if model._meta.app_label != "box"
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model and field.related_model._meta.app_label == "box"
    ]

    assert (keys, inward) == ([], [])


@pytest.mark.django_db
def test_the_default_database_has_no_ballot_and_the_box_no_roll():
    held = {alias: set(connections[alias].introspection.table_names()) for alias in ("default", "box")}

    assert {name for name in held["default"] if name.startswith("box_")} == set()
    assert {name for name in held["box"] if not name.startswith("box_")} <= {"django_migrations"}


@pytest.mark.django_db
def test_the_roll_keeps_a_day_and_no_time():
    kinds = {field.name: type(field) for field in Mark._meta.fields}

    assert kinds == {
        "mutual": models.ForeignKey,
        "roll_entry": models.OneToOneField,
        "channel": models.CharField,
        "request_hash": models.CharField,
        "day": models.DateField,
    }


@pytest.mark.django_db
def test_before_the_close_nobody_can_read_who_has_voted(polling, nurses, during):
    actions.cast_vote(
        election=polling, member_ref=nurses[0].reference, answer=Answer(("c1",)), submission="s", at=during
    )

    assert {(line.channel, line.day) for line in roll_lines(polling)} == {("", None)}
    voted = [line.member_ref for line in roll_lines(make.close_poll(polling)) if line.channel]
    assert voted == [nurses[0].reference]


@pytest.mark.django_db
def test_casting_leaves_no_entry_in_the_chain(polling, nurses, during):
    before = AuditEntry.objects.count()

    actions.cast_vote(
        election=polling, member_ref=nurses[0].reference, answer=Answer(("c1",)), submission="s", at=during
    )

    assert AuditEntry.objects.count() == before


@pytest.fixture
def two_hundred_votes(for_real, weavers):
    """Two hundred have voted in a known order; returns the election and, in that order, (entry, leaf)."""
    election, members = for_real(VOTERS)
    order = random.Random(7).sample(members, VOTERS)
    with acting_in(weavers):
        with transaction.atomic():
            at = dates_of(election)[Step.POLL]
            entries = dict(RollEntry.objects.values_list("member_ref", "pk"))
        cast = []
        for number, member in enumerate(order):
            submission = f"{random.Random(number).getrandbits(256):064x}"
            answer = Answer(("c1", "c2") if number % 3 else ("c3",))
            actions.cast_vote(
                election=election, member_ref=member.reference, answer=answer, submission=submission, at=at
            )
            cast.append((entries[member.reference], leaf_hash(submission)))
        yield election, cast


def rows(alias, sql, params=()):
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def rank_correlation(pairs):
    """Spearman's rho of two orders."""
    n = len(pairs)
    places = {value: place for place, value in enumerate(sorted(other for _, other in pairs))}
    squares = sum((place - places[other]) ** 2 for place, other in pairs)
    return 1 - 6 * squares / (n * (n * n - 1))


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_storage_tells_nothing_of_the_order_of_two_hundred_votes(two_hundred_votes):
    election, cast = two_hundred_votes
    pool = rows("box", "select leaf, xmin::text, ctid from box_ballot where urn = %s order by ctid", [election.box_key])
    place_in_table = {leaf: place for place, (leaf, _, _) in enumerate(pool)}
    with transaction.atomic():
        make.close_poll(election)
    marks = rows("default", "select roll_entry_id, xmin::text, xmax::text from voting_mark order by ctid")
    entries = rows("default", "select id, xmin::text, xmax::text from voting_rollentry order by ctid")
    place_of_mark = {entry: place for place, (entry, _, _) in enumerate(marks)}

    assert len(pool) == len(marks) == VOTERS
    assert len({xmin for _, xmin, _ in pool}) == 1
    assert [leaf for leaf, _, _ in pool] == sorted(leaf for leaf, _, _ in pool)
    assert len({xmin for _, xmin, _ in marks}) == 1
    assert [entry for entry, _, _ in marks] == sorted(entry for entry, _, _ in marks)
    assert len({xmin for _, xmin, _ in entries}) == len({xmax for _, _, xmax in entries}) == 1
    assert abs(rank_correlation([(n, place_in_table[leaf]) for n, (_, leaf) in enumerate(cast)])) < 0.29  # 4 sigma
    assert abs(rank_correlation([(n, place_of_mark[entry]) for n, (entry, _) in enumerate(cast)])) < 0.29


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_before_reinking_the_marks_would_tell_the_order(two_hundred_votes):
    """The twin: the attack works on marks that have not been written anew, so the test above can fail."""
    election, cast = two_hundred_votes
    told = [entry for entry, _ in rows("default", "select roll_entry_id, xmin::text from voting_mark order by ctid")]

    assert told == [entry for entry, _ in cast]

    actions.reink(election=election)
    assert len({xmin for (xmin,) in rows("default", "select xmin::text from voting_mark")}) == 1


@pytest.mark.django_db
def test_every_ballot_of_the_box_is_equally_long(polling, nurses, during):
    answers = [Answer(), Answer(("c1",)), Answer(("c3", "c2", "c1"))]
    for number, (voter, answer) in enumerate(zip(nurses, answers, strict=False)):
        actions.cast_vote(
            election=polling, member_ref=voter.reference, answer=answer, submission=str(number), at=during
        )

    assert len({len(ballot.body) for ballot in Ballot.objects.all()}) == 1
