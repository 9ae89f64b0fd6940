"""House rules for signing up and for mail about signing in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class HouseAdapter(DefaultAccountAdapter):
    """A real site makes logins by invitation: a secretary gives somebody a role. The embedded default is open."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.OPEN_SIGN_UP)
