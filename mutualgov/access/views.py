"""The views that every page is made of. One without ``access`` fails at import."""

from contextlib import nullcontext
from typing import Any, ClassVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.generic import View

from mutualgov.core.clock import now, uk_date
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in

from .permissions import Permission
from .queries import may, roles_of
from .requests import PageRequest

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class DeclaredView(View):
    """A view that says who may see it. Subclass MutualView or SiteView, not this."""

    access: ClassVar[Permission]
    request: PageRequest
    template_name: ClassVar[str] = ""

    def __init_subclass__(cls, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not abstract and not isinstance(getattr(cls, "access", None), Permission):
            raise TypeError(f"{cls.__module__}.{cls.__qualname__} declares no access: set access = <a Permission>")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        page = cast(PageRequest, request)
        page.now = now()
        page.today = uk_date(page.now)

    def page(self, template_name: str = "", *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a template now, while the scope is open."""
        return render(self.request, template_name or self.template_name, {"view": self, **context}, status=status)

    def refused(self, refusal: Refusal) -> HttpResponse:
        """What a person sees when an action says no: the sentence, the rule, the way back."""
        back = self.request.META.get("HTTP_REFERER", "") if self.request.method == "POST" else ""
        return self.page("refused.html", status=409, refusal=refusal, back=_own_address(self.request, back))


class SiteView(DeclaredView, abstract=True):
    """A page outside any mutual: signing in, choosing a mutual, starting one, operating the site."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.access.public:
            pass
        elif not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        elif self.access.operators and not request.user.is_site_operator:
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refusal as refusal:
            return self.refused(refusal)


class MutualView(DeclaredView, abstract=True):
    """A page of one mutual: ``/<mutual>/…``.

    Outsiders get 404, as if the mutual were not there; members without the permission get 403. The scope is open and a
    transaction runs while the handler works, so a page is made from one state of the database; where the work must be
    committed in parts, in an order that matters, the view says ``own_transactions`` and opens them itself.
    """

    own_transactions: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, mutual: str, **kwargs: Any) -> HttpResponseBase:
        self.kwargs.pop("mutual", None)
        found = Mutual.objects.filter(key=mutual).first()
        if not self.access.public and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if found is None:
            raise Http404(f"no mutual {mutual}")
        page = cast(PageRequest, request)
        page.mutual = self.mutual = found
        page.roles = self.roles = roles_of(page.user, mutual=found, on=page.today)
        if not self.access.public and not self.roles:
            raise Http404(f"{mutual} is not open to this login")
        if not may(self.roles, self.access):
            raise PermissionDenied(self.access.label)
        with acting_in(found):
            try:
                with nullcontext() if self.own_transactions else _one_state_of_the_database(request):
                    return super().dispatch(request, *args, **kwargs)
            except Refusal as refusal:
                with _one_state_of_the_database(request):
                    return self.refused(refusal)

    def allows(self, access: Permission) -> bool:
        """Whether the login looking at this page also holds another permission; for choosing links and buttons."""
        return may(self.roles, access)


def _one_state_of_the_database(request: HttpRequest) -> Any:
    """A transaction. SQLite needs none to read, and would lock out every writer with one."""
    if connection.vendor == "sqlite" and request.method in SAFE_METHODS:
        return nullcontext()
    return transaction.atomic()


def _own_address(request: HttpRequest, address: str) -> str:
    """The path of an address on this site, or nothing: no refusal leads a person elsewhere."""
    start = f"{request.scheme}://{request.get_host()}/"
    return "/" + address.removeprefix(start) if address.startswith(start) else ""
