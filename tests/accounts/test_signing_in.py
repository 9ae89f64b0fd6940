"""Signing in: by an e-mailed code, with a password, with a second step; and who may make a login."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache

from mutualgov.accounts.actions import LoginRefused, make_login
from mutualgov.accounts.models import User
from mutualgov.notices.models import PostRoomLetter

ADA, PASSWORD = "ada@example.org", "a long enough phrase"
CODE_PAGE = "/accounts/login/code/confirm/"


@pytest.fixture(autouse=True)
def post_room(settings):
    settings.EMAIL_BACKEND = "mutualgov.notices.backends.PostRoomBackend"
    cache.clear()  # rate limits are counted there


@pytest.fixture
def ada(db):
    return make_login(email=ADA, name="Ada Loom", password=PASSWORD)


def is_signed_in(client) -> bool:
    return client.get("/accounts/").status_code == 200


def code_in_the_post(client) -> str:
    """Read the newest letter as a person would."""
    letter = PostRoomLetter.objects.filter(to=ADA).first()
    page = client.get(f"/post-room/{letter.pk}/").text
    [code] = set(re.findall(r"\b[A-Z0-9]{4}-?[A-Z0-9]{2,4}\b(?![^<]*</title>)", re.sub(r"<[^>]+>", "\n", page)))
    return code


def test_a_code_from_the_post_room_signs_in(client, ada):
    asked = client.post("/accounts/login/code/", {"email": ADA})
    assert (asked.status_code, asked.url) == (302, CODE_PAGE)

    answer = client.post(CODE_PAGE, {"code": code_in_the_post(client)})

    assert (answer.status_code, answer.url) == (302, "/")
    assert is_signed_in(client)


def test_a_wrong_code_does_not(client, ada):
    client.post("/accounts/login/code/", {"email": ADA})

    answer = client.post(CODE_PAGE, {"code": "WRONG1"})

    assert answer.status_code == 200
    assert "Incorrect code" in answer.text
    assert not is_signed_in(client)


def test_an_invited_login_proves_its_address_with_its_first_code(client, db):
    make_login(email=ADA, name="Ada Loom", verified=False)
    client.post("/accounts/login/code/", {"email": ADA})

    client.post(CODE_PAGE, {"code": code_in_the_post(client)})

    assert is_signed_in(client)
    assert EmailAddress.objects.get(email=ADA).verified


def test_an_address_without_a_login_is_not_given_away(client, ada):
    known = client.post("/accounts/login/code/", {"email": ADA})
    client.logout()
    unknown = client.post("/accounts/login/code/", {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_password_signs_in(client, ada):
    assert client.post("/accounts/login/", {"login": ADA, "password": PASSWORD}).status_code == 302
    assert is_signed_in(client)


def test_a_wrong_password_does_not(client, ada):
    page = client.post("/accounts/login/", {"login": ADA, "password": "not the phrase"})

    assert "The email address and/or password you specified are not correct." in page.text
    assert not is_signed_in(client)


def test_guessing_is_slowed_down(client, ada, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/h/key"}
    for _ in range(3):
        client.post("/accounts/login/", {"login": ADA, "password": "not the phrase"})

    page = client.post("/accounts/login/", {"login": ADA, "password": PASSWORD})

    assert "Too many failed login attempts. Try again later." in page.text
    assert not is_signed_in(client)


def test_rate_limits_are_on():
    from allauth.account import app_settings

    assert {"login", "login_failed", "request_login_code", "signup"} <= app_settings.RATE_LIMITS.keys()


@pytest.fixture
def second_step(ada):
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    RecoveryCodes.activate(ada)
    return secret


def six_digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_an_authenticator_is_asked_for_after_the_password(client, ada, second_step):
    answer = client.post("/accounts/login/", {"login": ADA, "password": PASSWORD})
    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)

    client.post("/accounts/2fa/authenticate/", {"code": six_digits(second_step)})

    assert is_signed_in(client)


def test_a_recovery_code_works_once(client, ada, second_step):
    code = Authenticator.objects.get(user=ada, type="recovery_codes").wrap().get_unused_codes()[0]
    signed_in = []
    for _ in range(2):
        client.post("/accounts/login/", {"login": ADA, "password": PASSWORD})
        client.post("/accounts/2fa/authenticate/", {"code": code})
        signed_in.append(is_signed_in(client))
        client.logout()

    assert signed_in == [True, False]


def test_the_security_page_says_how_this_login_signs_in(client, ada, second_step):
    client.force_login(ada)

    page = client.get("/accounts/").text

    for address in ("email", "2fa/webauthn", "password/change", "2fa/totp/deactivate", "2fa/recovery-codes"):
        assert f'href="/accounts/{address}/"' in page


@pytest.mark.parametrize("address", ["email/", "password/change/", "2fa/", "2fa/webauthn/", "login/", "login/code/"])
def test_every_page_of_signing_in_opens(client, ada, address):
    client.post("/accounts/login/", {"login": ADA, "password": PASSWORD})
    if address.startswith("login"):
        client.logout()

    assert client.get(f"/accounts/{address}").status_code == 200


def test_an_authenticator_is_set_up_after_the_password_is_asked_for_again(client, ada):
    client.post("/accounts/login/", {"login": ADA, "password": PASSWORD})
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.url.startswith("/accounts/reauthenticate/")
    client.post(asked.url, {"password": PASSWORD})

    page = client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/2fa/totp/activate/", {"code": six_digits(page.context["form"].secret)})

    assert {a.type for a in Authenticator.objects.filter(user=ada)} == {"totp", "recovery_codes"}


def test_anybody_may_sign_up_on_the_embedded_default(client, db):
    answer = client.post("/accounts/signup/", {"email": ADA, "name": "Ada Loom"})
    assert answer.status_code == 302

    client.post(answer.url, {"code": code_in_the_post(client)})

    assert is_signed_in(client)
    assert User.objects.get(email=ADA).name == "Ada Loom"


def test_a_real_site_makes_logins_by_invitation_only(client, db, settings):
    settings.OPEN_SIGN_UP = False

    client.post("/accounts/signup/", {"email": ADA, "name": "Ada Loom"})

    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["ada", "ada@", "", "a b@example.org"])
def test_a_login_needs_an_address(db, address):
    with pytest.raises(LoginRefused, match="is not an e-mail address"):
        make_login(email=address)


def test_one_address_has_one_login(ada):
    with pytest.raises(LoginRefused, match=r"ada@example\.org already has a login"):
        make_login(email=" Ada@Example.org ")
