"""Signing in as people meet it: every page can be used by everybody, and a passkey works."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from mutualgov.accounts.models import User
from tests.browser import assert_accessible, sign_in

PASSWORD = "a long phrase for Ada"


@pytest.fixture
def ada(transactional_db):
    login = User.objects.create_user("ada@example.org", PASSWORD, name="Ada Loom")
    EmailAddress.objects.create(user=login, email=login.email, primary=True, verified=True)
    return login


def with_password(page, address="/accounts/login/"):
    page.goto(address)
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator(".mg-account__name").wait_for()


def show_again(page, address):
    """Go to a page that asks for the password once more, and give it."""
    page.goto(address)
    page.get_by_role("heading", name="Is it still you?").wait_for()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"**{address}")


BEFORE = ("login/", "login/code/", "signup/", "password/reset/", "password/reset/done/", "inactive/", "confirm-email/")
AFTER = (
    *("email/", "password/change/", "logout/", "reauthenticate/"),
    *("2fa/", "2fa/reauthenticate/", "2fa/totp/deactivate/", "2fa/webauthn/", "2fa/webauthn/add/"),
    *("2fa/recovery-codes/", "2fa/recovery-codes/generate/"),
)


def test_everybody_can_use_the_pages_before_signing_in(new_page, transactional_db):
    page = new_page(width=375)

    for address in BEFORE:
        page.goto(f"/accounts/{address}")

        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_everybody_can_use_the_pages_of_a_login(new_page, ada):
    page = new_page(width=375)
    with_password(page)
    TOTP.activate(ada, generate_totp_secret())
    RecoveryCodes.activate(ada)
    show_again(page, "/accounts/2fa/totp/deactivate/")

    for address in AFTER:
        page.goto(f"/accounts/{address}")

        assert page.url.endswith(f"/accounts/{address}")
        assert page.locator("h1").count() == 1
        assert_accessible(page)


def test_an_authenticator_shows_its_picture_and_its_secret(page, ada):
    with_password(page)

    show_again(page, "/accounts/2fa/totp/activate/")

    assert page.get_by_role("img", name="QR code of the secret below").evaluate("it => it.naturalWidth") > 0
    assert re.fullmatch(r"[A-Z2-7]{32}", page.locator(".mg-secret").inner_text())
    assert_accessible(page)


def test_a_wrong_password_is_said_at_the_top(page, ada):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill("wrong")

    page.get_by_role("button", name="Sign in", exact=True).click()

    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: Sign in")
    assert_accessible(page)


def test_a_code_signs_in(page, ada, mailoutbox):
    page.goto("/accounts/login/")
    page.get_by_role("link", name="E-mail me a code").click()
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_role("heading", name="Enter the code").wait_for()
    assert_accessible(page)

    page.get_by_label("Code").fill(re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mailoutbox[-1].body, re.MULTILINE)[1])
    page.get_by_role("button", name="Go on").click()

    page.locator(".mg-account__name", has_text="Ada").wait_for()


def test_a_passkey_is_added_and_signs_in(page, ada):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    with_password(page)
    show_again(page, "/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Ada's phone")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/2fa/**")
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("rowheader", name="Ada's phone").wait_for()
    page.context.clear_cookies()

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()

    page.locator(".mg-account__name", has_text="Ada").wait_for()


def test_without_a_passkey_the_page_says_so(page, ada):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    page.add_init_script("console.error = () => {}")  # the sign-in script tells the console too
    page.goto("/accounts/login/")

    page.evaluate("document.dispatchEvent(new CustomEvent('allauth.error', { detail: {}, cancelable: true }))")

    assert page.get_by_text("Your device did not give a passkey").is_visible()


def test_signing_out_asks_first(page, ada):
    sign_in(page, ada)
    page.goto("/accounts/logout/")

    page.locator("main").get_by_role("button", name="Sign out").click()

    page.get_by_role("link", name="Sign in").first.wait_for()
