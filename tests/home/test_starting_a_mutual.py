"""Starting a mutual in the browser: nothing of it exists before the last button, and all of it after."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mutualgov.access.permissions import Role
from mutualgov.access.queries import roles_of
from mutualgov.accounts.actions import make_login
from mutualgov.audit.models import AuditEntry
from mutualgov.audit.queries import chain_faults
from mutualgov.constitution.actions import FoundingRefused
from mutualgov.constitution.compiler import template_keys
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.clock import now, uk_date
from mutualgov.home.actions import start_mutual
from mutualgov.home.founding import template_choice
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in
from tests.conftest import NOON

CHECK = "/start/check/"
DYERS = 'template: riverside\nmutual:\n  key: dyers\n  name: "Dyers & Sons"\n'


@pytest.fixture
def founder(client, db):
    user = make_login(email="dora@example.org", name="Dora Dye")
    client.force_login(user)
    return user


def answered(client, *, template="riverside", name="Dyers & Sons", key="dyers"):
    client.post("/start/", {"template": template})
    return client.post("/start/name/", {"name": name, "key": key})


def test_a_mutual_is_founded_from_a_template(client, founder):
    assert client.get("/start/").status_code == 200
    assert answered(client).url == "/start/rules/"
    assert "template: riverside" in client.get("/start/rules/").text
    assert client.post("/start/rules/", {"text": DYERS}).url == CHECK
    page = client.get(CHECK).text
    assert "Dyers &amp; Sons" in page
    assert "Who may be a member" in page
    assert not Mutual.objects.exists()

    answer = client.post("/start/found/")

    assert answer.url == "/dyers/"
    dyers = Mutual.objects.get(key="dyers")
    assert roles_of(founder, mutual=dyers, on=uk_date(now())) == {Role.SECRETARY}
    with acting_in(dyers):
        assert rulebook_in_force(on=uk_date(now())).version == 1
        assert set(AuditEntry.objects.values_list("action", flat=True)) == {
            "constitution.adopted",
            "constitution.founded",
            "access.role_granted",
        }
        assert chain_faults() == []
    landing = client.get("/dyers/").text
    assert "Dyers &amp; Sons is founded, and you are its secretary." in landing
    assert "Dora Dye was given the role of secretary" in landing


def test_every_template_is_offered_with_whom_it_suits(client, founder):
    page = client.get("/start/").text

    assert len(template_keys()) == 6
    for key in template_keys():
        assert template_choice(key)[1] in page
        assert f'value="{key}"' in page


@pytest.mark.parametrize("template", template_keys())
def test_every_template_can_be_founded_as_it_is(client, founder, template):
    answered(client, template=template)
    form = client.get("/start/rules/").context["form"]

    assert client.post("/start/rules/", {"text": form["text"].value()}).url == CHECK
    assert client.post("/start/found/").url == "/dyers/"


def test_what_is_wrong_is_said_by_line_key_and_remedy(client, founder):
    answered(client)

    page = client.post("/start/rules/", {"text": DYERS + "clases: {}\n"})

    [problem] = page.context["problems"]
    assert page.status_code == 422
    assert problem.line == 5
    assert "There is 1 problem." in page.text
    assert "Did you mean classes?" in page.text
    assert "clases: {}" in page.context["form"]["text"].value()
    assert client.get(CHECK).url == "/start/"


def test_a_document_can_be_uploaded(client, founder):
    answered(client)
    document = SimpleUploadedFile("rules.yaml", "\ufeff".encode() + DYERS.replace("Sons", "Daughters").encode())

    assert client.post("/start/rules/", {"text": "ignored", "document": document}).url == CHECK

    assert "Dyers &amp; Daughters" in client.get(CHECK).text


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00broken", b"\x00\x01\x02", b"- just\n- a list\n", b"{", b"a: &a [*a]\n", b"%PDF-1.7 \xe2\xe3"],
)
def test_a_file_that_is_no_constitution_is_answered_in_words(client, founder, content):
    answered(client)

    page = client.post("/start/rules/", {"document": SimpleUploadedFile("rules.yaml", content)})

    assert page.status_code == 422
    assert page.context["problems"]


def test_a_file_that_is_too_large_is_refused(client, founder):
    answered(client)

    page = client.post("/start/rules/", {"document": SimpleUploadedFile("rules.yaml", b"#" * 600_000)})

    assert page.status_code == 422
    assert "The file is larger than 512 kilobytes." in page.text


def test_nothing_written_is_asked_for_again(client, founder):
    answered(client)

    assert "Write a constitution or upload one." in client.post("/start/rules/", {"text": "  "}).text


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("weavers", "There already is a mutual “weavers” here. Choose another key."),
        ("post-room", "“post-room” is an address of the site itself. Choose another key."),
        ("Dyers", "Use small letters, digits and single hyphens, starting with a letter."),
        ("", "Enter a key."),
    ],
)
def test_a_key_that_will_not_do_is_said_at_once(client, founder, weavers, key, why):
    page = answered(client, key=key)

    assert page.status_code == 422
    assert why in page.text


def test_a_key_that_was_taken_meanwhile_is_refused_at_the_last_button(client, founder):
    answered(client)
    client.post("/start/rules/", {"text": DYERS})
    Mutual.objects.create(key="dyers", name="Dyers of Leek", founded_at=NOON)

    page = client.post("/start/found/")

    assert page.status_code == 409
    assert "There already is a mutual “dyers” here. Choose another key." in page.text


def test_founding_is_whole_or_not_at_all(founder, monkeypatch):
    def fails(**_kwargs):
        raise RuntimeError("killed half-way")

    monkeypatch.setattr("mutualgov.home.actions.grant_role", fails)
    with pytest.raises(RuntimeError):
        start_mutual(text=DYERS, by=founder, at=NOON)

    assert not Mutual.objects.exists()


def test_the_second_of_two_presses_is_refused(founder):
    start_mutual(text=DYERS, by=founder, at=NOON)

    with pytest.raises(FoundingRefused, match="There already is a mutual “dyers”"):
        start_mutual(text=DYERS, by=founder, at=NOON)


def test_a_page_whose_answers_are_missing_leads_to_the_first(client, founder):
    for page in ("name/", "rules/", "check/"):
        assert client.get(f"/start/{page}").url == "/start/"
    assert client.post("/start/found/").url == "/start/"


def test_on_a_real_site_only_its_operators_start_mutuals(client, founder, settings):
    settings.ANYONE_MAY_START = False
    assert client.get("/start/").status_code == 403
    assert "Start a mutual" not in client.get("/").text

    client.force_login(make_login(email="ops@example.org", site_operator=True))

    assert client.get("/start/").status_code == 200
    assert 'href="/start/"' in client.get("/").text


def test_a_stranger_signs_in_first(client, db):
    assert client.get("/start/").url == "/accounts/login/?next=/start/"
