"""The first page of the site and of a mutual."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from mutualgov.access.permissions import PUBLIC, SEE_MUTUAL, SIGNED_IN
from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView, SiteView
from mutualgov.accounts.queries import demo_logins
from mutualgov.audit.queries import entries
from mutualgov.audit.words import in_words
from mutualgov.duties.needs import Asker, needs_of

from .figures import key_figures
from .permissions import SEE_AUDIT
from .queries import all_mutuals, demo_groups, may_start_mutuals, my_mutuals, standing_of, ways_to_sign_in, words_for

RECENT = 5


class FrontPage(SiteView):
    """What this is and where to sign in; for a login, its mutuals and what needs it in each."""

    access = PUBLIC

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        demo = demo_groups()
        if not request.user.is_authenticated:
            return self.page("home/front.html", demo_groups=demo, sign_in_url=settings.LOGIN_URL)
        return self.page(
            "home/my_mutuals.html",
            mine=my_mutuals(request.user, at=request.now),
            every=all_mutuals() if request.user.is_site_operator else None,
            demo_groups=demo,
            may_start=may_start_mutuals(request.user),
        )


class Landing(MutualView):
    """A mutual's first page: what needs this person now, what they are here, how the mutual stands."""

    access = SEE_MUTUAL

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.page(
            "home/landing.html",
            roles_in_words=words_for(self.roles),
            standing=standing_of(request.user, on=request.today),
            needs=needs_of(Asker(request.user, self.roles, request.now)),
            figures=key_figures(on=request.today),
            recent=in_words(entries()[:RECENT]) if self.allows(SEE_AUDIT) else [],
            sees_audit=self.allows(SEE_AUDIT),
        )


class DemoSignIn(SiteView):
    """One click into the demonstration; there is no such address on a real site."""

    access = PUBLIC

    def get(self, request: PageRequest, key: str, **kwargs: Any) -> HttpResponse:
        return self.page("home/demo_sign_in.html", offered=get_object_or_404(demo_logins(), key=key))

    def post(self, request: PageRequest, key: str, **kwargs: Any) -> HttpResponse:
        offered = get_object_or_404(demo_logins(), key=key)
        logout(request)
        login(request, offered.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        if offered.mutual:
            return redirect("home:landing", mutual=offered.mutual.key)
        return redirect("site:front")


class Security(SiteView):
    """How this login signs in: its address, password, passkeys, authenticator and recovery codes."""

    access = SIGNED_IN

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.page("home/security.html", ways=ways_to_sign_in(request.user))
