"""Which logins there are."""

from django.conf import settings
from django.db.models import QuerySet

from .models import DemoLogin, User


def login_of(email: str) -> User | None:
    """The login with an e-mail address, however it is typed; None where there is none."""
    return User.objects.filter(email__iexact=email.strip()).first()


def demo_logins() -> "QuerySet[DemoLogin]":
    """Logins that the front page offers in one click; none but on the embedded default."""
    found = DemoLogin.objects.select_related("user", "mutual").filter(user__is_active=True)
    return found if settings.EMBEDDED else found.none()


def is_demonstration() -> bool:
    """Whether this site shows invented mutuals."""
    return demo_logins().exists()
