"""What the first pages show."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from members.queries import membership_of
from mutualgov.access.permissions import Role
from mutualgov.access.queries import grants_on
from mutualgov.accounts.models import DemoLogin, User
from mutualgov.accounts.queries import demo_logins
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.clock import uk_date
from mutualgov.duties.needs import Asker, Need, needs_of
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import reading_in


@dataclass(frozen=True, slots=True)
class MyMutual:
    """A mutual that a login may enter: what it is there and what needs it."""

    mutual: Mutual
    roles_in_words: str
    needs: list[Need]


def my_mutuals(user: User, *, at: datetime) -> list[MyMutual]:
    """Every mutual of a login, in order of name."""
    held: dict[Mutual, list[Role]] = {}
    for grant in grants_on(uk_date(at)).filter(user=user).select_related("mutual").order_by("mutual__name"):
        held.setdefault(grant.mutual, []).append(Role(grant.role))
    found = []
    for mutual, roles in held.items():
        with reading_in(mutual):
            needs = needs_of(Asker(user, frozenset(roles), at))
        found.append(MyMutual(mutual, words_for(roles), needs))
    return found


def may_start_mutuals(user: User) -> bool:
    """Whether a login may found a mutual: any on the embedded default, only site operators elsewhere."""
    return bool(settings.ANYONE_MAY_START or user.is_site_operator)


def all_mutuals() -> "QuerySet[Mutual]":
    """Every mutual on the site, for its operators: that they are there, and nothing of what is in them."""
    return Mutual.objects.order_by("name")


def words_for(roles: Collection[Role]) -> str:
    """Roles for a sentence: "secretary, chair and member"."""
    words = [role.label.lower() for role in Role if role in roles]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def demo_groups() -> list[tuple[str, list[DemoLogin]]]:
    """The demonstration's one-click logins, by mutual; the site's own operator last."""
    groups: dict[str, list[DemoLogin]] = {}
    for login in demo_logins():
        groups.setdefault(login.mutual.name if login.mutual else "The site", []).append(login)
    return sorted(groups.items(), key=lambda group: group[0] == "The site")


@dataclass(frozen=True, slots=True)
class Standing:
    """Through which membership a login belongs, in words."""

    number: int
    member_class: str
    since: date


def standing_of(user: User, *, on: date) -> Standing | None:
    """The membership behind a login in the mutual in scope; None for an officer who is no member."""
    held = membership_of(user, on=on)
    if held is None:
        return None
    return Standing(held.number, rulebook_in_force(on=on).label(held.class_key), held.joined_on)


@dataclass(frozen=True, slots=True)
class WayToSignIn:
    """One way, whether it is set up, and where to change it."""

    label: str
    hint: str
    url: str
    state: str
    is_on: bool


def ways_to_sign_in(user: User) -> list[WayToSignIn]:
    """Every way a login can sign in, in the order in which we would set them up."""
    has = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    kinds, on, off = Authenticator.Type, _("Set up"), _("Not set up")
    passkeys, app, codes = (kind in has for kind in (kinds.WEBAUTHN, kinds.TOTP, kinds.RECOVERY_CODES))
    password = user.has_usable_password()
    return [
        WayToSignIn(
            _("Code by e-mail"),
            _("A code is sent to %s whenever you ask.") % user.email,
            reverse("account_email"),
            _("Always on"),
            True,
        ),
        WayToSignIn(
            _("Passkey"),
            _("Your phone, computer or security key, unlocked as you always do. Nothing to remember."),
            reverse("mfa_list_webauthn"),
            on if passkeys else off,
            passkeys,
        ),
        WayToSignIn(
            _("Password"),
            _("At least 10 characters."),
            reverse("account_change_password" if password else "account_set_password"),
            on if password else off,
            password,
        ),
        WayToSignIn(
            _("Authenticator app"),
            _("A second step: six digits from an app on your phone."),
            reverse("mfa_deactivate_totp" if app else "mfa_activate_totp"),
            on if app else off,
            app,
        ),
        WayToSignIn(
            _("Recovery codes"),
            _("Ten codes on paper, for when the phone is lost."),
            reverse("mfa_view_recovery_codes" if codes else "mfa_generate_recovery_codes"),
            on if codes else off,
            codes,
        ),
    ]
