"""Making logins."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.models import Mutual

from .models import DemoLogin, User
from .queries import login_of


class LoginRefused(Refusal):
    """The login cannot be made."""


@transaction.atomic
def make_login(
    *, email: str, name: str = "", password: str | None = None, verified: bool = True, site_operator: bool = False
) -> User:
    """A login with its one e-mail address.

    password  None: it signs in by e-mailed code until it adds a passkey or a password
    verified  whether the address is known to be theirs; an invited login proves it with its first code

    Raises LoginRefused for an address that is none, or that has a login already.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise LoginRefused(
            f"“{email}” is not an e-mail address. Check how it is spelt.", rule="accounts.email"
        ) from None
    if login_of(email):
        raise LoginRefused(f"{email} already has a login.", rule="accounts.one_login_per_email")
    user = User.objects.create_user(email, password, name=name.strip(), is_site_operator=site_operator)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def offer_demo_login(*, user: User, key: str, label: str, mutual: Mutual | None = None, position: int = 0) -> DemoLogin:
    """Offer a login in one click on the front page of the embedded default; again with the same key, replace it.

    key    its address, ``/demo/<key>/``: "weavers-secretary"
    label  the role in words: "Secretary"
    """
    offered, _ = DemoLogin.objects.update_or_create(
        key=key, defaults={"user": user, "label": label, "mutual": mutual, "position": position}
    )
    return offered
