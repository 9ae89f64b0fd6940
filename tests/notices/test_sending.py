"""A notice is a row first and post second; what became of it is never changed."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction

from mutualgov.access.actions import grant_role_by_email
from mutualgov.access.permissions import Role
from mutualgov.core.canonical import sha256_hex
from mutualgov.notices import addressees
from mutualgov.notices.actions import post, send_notice
from mutualgov.notices.addressees import Addressee
from mutualgov.notices.letters import letter_kinds, written
from mutualgov.notices.models import Notice, NoticeEvent, PostRoomLetter
from mutualgov.notices.tasks import post_notice
from tests.conftest import NOON, TODAY
from tests.factories.members import make_member
from tests.factories.shares import adopt_society

ROLE = {"role": "Scrutineer", "period": "from 1 June 2026 until further notice"}


class FullMailServer(EmailBackend):
    """Takes no mail."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("mailbox full")


def test_a_notice_leaves_after_the_commit_and_keeps_its_proof(
    in_weavers, member, secretary, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        notice = send_notice(to=member, template="role_given", context=ROLE, by=secretary, at=NOON)
        assert mail.outbox == []

    [letter] = mail.outbox
    event = notice.events.get()
    assert (letter.to, letter.subject) == (["wes.weft@example.org"], "You are scrutineer of Weavers Mutual")
    assert "Dear Wes Weft," in letter.body
    assert (event.kind, event.subject, event.digest) == ("sent", letter.subject, sha256_hex(letter.body.encode()))
    assert (notice.to, notice.queued_by) == (f"login:{member.pk}", f"login:{secretary.pk}")


def test_the_row_holds_neither_name_nor_address(in_weavers, member):
    notice = send_notice(to=member, template="role_given", context=ROLE, by="tests", at=NOON)
    post(notice, at=NOON)

    with connection.cursor() as cursor:
        for table in ("notices_notice", "notices_noticeevent"):
            cursor.execute(f"select * from {table}")
            assert "Weft" not in str(cursor.fetchall())


def test_a_task_that_runs_twice_sends_once(in_weavers, member):
    notice = send_notice(to=member, template="role_given", context=ROLE, by="tests", at=NOON)

    outcomes = [post_notice(in_weavers.pk, notice.pk) for _ in range(2)]

    assert outcomes == ["sent", "sent"]
    assert len(mail.outbox) == 1


def test_a_server_that_refuses_is_an_event_and_a_later_try_another(in_weavers, member, settings):
    notice = send_notice(to=member, template="role_given", context=ROLE, by="tests", at=NOON)

    settings.EMAIL_BACKEND = f"{__name__}.FullMailServer"
    failed = post(notice, at=NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent = post(notice, at=NOON)

    assert (failed.kind, failed.reason) == ("failed", "The mail server did not take it: mailbox full")
    assert sent.kind == "sent"
    assert notice.events.count() == 2


def test_an_addressee_nobody_knows_is_an_event(in_weavers):
    notice = send_notice(to="M-7K3QXM", template="role_given", context=ROLE, by="tests", at=NOON)

    assert post(notice, at=NOON).reason == "Nobody of this reference is known any more."


def test_a_room_says_how_its_references_are_found(in_weavers, monkeypatch):
    ada = {"M-7K3QXM": Addressee("Ada Loom", "ada@example.org"), "M-7K3QXN": Addressee("Bess Loom", "")}
    monkeypatch.setattr(addressees, "_finders", [ada.get])

    for reference in ada:
        post(send_notice(to=reference, template="role_given", context=ROLE, by="tests", at=NOON), at=NOON)

    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    assert NoticeEvent.objects.get(kind="failed").reason == "No e-mail address is known."


def test_a_misspelt_notice_is_our_mistake(in_weavers, member):
    with pytest.raises(LookupError, match="no notice is called 'role_givn'"):
        send_notice(to=member, template="role_givn", by="tests", at=NOON)


@pytest.mark.parametrize("table", ["notices_notice", "notices_noticeevent"])
def test_the_database_refuses_to_alter_the_proof(in_weavers, member, table):
    post(send_notice(to=member, template="role_given", context=ROLE, by="tests", at=NOON), at=NOON)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"delete from {table}")


def test_whoever_a_secretary_appoints_is_told(in_weavers, secretary, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for role, email in ((Role.SCRUTINEER, "rita@example.org"), (Role.MEMBER, "mel@example.org")):
            grant_role_by_email(email=email, name="Rita Reed", role=role, from_on=TODAY, by=secretary, at=NOON)

    [letter] = mail.outbox
    assert letter.to == ["rita@example.org"]
    assert "role of scrutineer, from 1 June 2026 until further notice" in letter.body
    assert "/accounts/login/code/" in letter.body


def test_every_notice_has_a_sample_that_reads(in_weavers):
    for kind in letter_kinds():
        letter = written(kind.key, kind.sample, mutual=in_weavers, name="Rita Reed")

        assert letter.subject
        assert "Rita Reed" in letter.text
        assert "Weavers Mutual" in letter.subject + letter.text


def test_the_page_shows_what_became_of_each(client, weavers, secretary, bakers, in_weavers, member):
    send_notice(to=member, template="role_given", context=ROLE, by="tests", at=NOON)
    post(send_notice(to="M-0", template="role_given", context=ROLE, by="tests", at=NOON), at=NOON)
    client.force_login(secretary)

    page = client.get("/weavers/notices/").text

    assert "Waiting" in page
    assert "Nobody of this reference is known any more." in page
    assert client.get("/weavers/notices/samples/").status_code == 200


def test_the_page_has_an_empty_state_and_is_not_for_members(client, weavers, secretary, member):
    client.force_login(secretary)
    assert "No notice has been sent yet." in client.get("/weavers/notices/").text
    client.force_login(member)
    assert client.get("/weavers/notices/").status_code == 403


@pytest.fixture
def posted(settings):
    settings.EMAIL_BACKEND = "mutualgov.notices.backends.PostRoomBackend"


@pytest.mark.django_db
def test_mail_of_the_embedded_default_lies_in_the_post_room(client, posted):
    mail.send_mail("Your code", "It is AB12CD.", "site@example.org", ["ada@example.org", "bess@example.org"])

    room = client.get("/post-room/").text
    letter = PostRoomLetter.objects.get(to="ada@example.org")

    assert "ada@example.org" in room
    assert "bess@example.org" in room
    assert "bess@example.org" not in client.get("/post-room/?to=ada@example.org").text
    assert "It is AB12CD." in client.get(f"/post-room/{letter.pk}/").text


@pytest.mark.django_db
def test_a_real_site_has_no_post_room(client, posted, settings):
    mail.send_mail("Your code", "It is AB12CD.", "site@example.org", ["ada@example.org"])
    settings.EMBEDDED = False

    assert client.get("/post-room/").status_code == 404
    assert client.get(f"/post-room/{PostRoomLetter.objects.get().pk}/").status_code == 404


@pytest.mark.django_db
def test_an_empty_post_room_says_so(client):
    assert "No letter has been posted yet." in client.get("/post-room/").text


def test_notices_of_one_mutual_are_not_anothers(weavers, bakers, in_weavers, member, client, bakers_secretary):
    notice = send_notice(to=member, template="role_given", context=ROLE, by="tests", at=NOON)
    client.force_login(bakers_secretary)

    assert notice.reference not in client.get("/bakers/notices/").text
    assert client.get("/weavers/notices/").status_code == 404
    assert Notice.objects.count() == 1


def test_a_member_without_a_login_is_found_by_the_register(in_weavers):
    adopt_society()
    ann = make_member("Ann Member", email="ann@example.org")

    post(send_notice(to=ann.reference, template="role_given", context=ROLE, by="tests", at=NOON), at=NOON)

    assert [letter.to for letter in mail.outbox] == [["ann@example.org"]]
    assert "Dear Ann Member," in mail.outbox[0].body
