"""Who holds which role in a mutual, granting and ending."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mutualgov.access.actions import RoleRefused, end_role, grant_role_by_email
from mutualgov.access.models import RoleGrant
from mutualgov.access.permissions import GRANT_ROLES, SEE_ROLES
from mutualgov.access.queries import grants_in, role_holders
from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.audit.queries import entries_about
from mutualgov.audit.words import in_words

from .forms import EndRoleForm, GrantRoleForm


class Roles(MutualView):
    """Who holds which role today, and every grant that was ever made."""

    access = SEE_ROLES

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        holders = list(role_holders(self.mutual, on=request.today))
        return self.page(
            "home/roles.html",
            holders=holders,
            others=[grant for grant in grants_in(self.mutual) if grant not in holders],
            may_grant=self.allows(GRANT_ROLES),
        )


class NewRole(MutualView):
    """Asks who is to hold which role."""

    access = GRANT_ROLES

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.page("home/grant_role.html", form=GrantRoleForm(initial={"from_on": request.today}))


class GrantRole(MutualView):
    """Gives a role."""

    access = GRANT_ROLES

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = GrantRoleForm(request.POST)
        if not form.is_valid():
            return self.page("home/grant_role.html", form=form, status=422)
        try:
            grant = grant_role_by_email(**form.cleaned_data, by=request.user, at=request.now)
        except RoleRefused as refusal:
            return self.page("home/grant_role.html", form=form, refusal=refusal, status=409)
        messages.success(
            request,
            _("%(who)s is %(role)s %(period)s.")
            % {"who": grant.user, "role": grant.role_label.lower(), "period": grant.period},
        )
        return redirect("office:roles", mutual=self.mutual.key)


class Grant(MutualView):
    """One grant: its history, and the form that ends it."""

    access = SEE_ROLES

    def get(self, request: PageRequest, reference: str, **kwargs: Any) -> HttpResponse:
        return self.shown(find_grant(self, reference), EndRoleForm(today=request.today))

    def shown(self, grant: RoleGrant, form: EndRoleForm, **more: Any) -> HttpResponse:
        may_end = self.allows(GRANT_ROLES) and not (grant.until_on and grant.until_on < self.request.today)
        return self.page(
            "home/role.html",
            grant=grant,
            form=form,
            may_end=may_end,
            history=in_words(entries_about(grant.reference)),
            **more,
        )


class EndRole(Grant):
    """Ends a role with a last day."""

    access = GRANT_ROLES
    http_method_names = ["post"]

    def post(self, request: PageRequest, reference: str, **kwargs: Any) -> HttpResponse:
        grant, form = find_grant(self, reference), EndRoleForm(request.POST, today=request.today)
        if not form.is_valid():
            return self.shown(grant, form, status=422)
        try:
            ended = end_role(grant=grant, last_on=form.cleaned_data["last_on"], by=request.user, at=request.now)
        except RoleRefused as refusal:
            return self.shown(grant, form, refusal=refusal, status=409)
        messages.success(request, _("%(who)s: %(period)s.") % {"who": ended.user, "period": ended.period})
        return redirect("office:roles", mutual=self.mutual.key)


def find_grant(view: MutualView, reference: str) -> RoleGrant:
    """A grant of this mutual; another mutual's is not found."""
    grant = grants_in(view.mutual).filter(reference=reference).first()
    if grant is None:
        raise Http404(f"no grant {reference}")
    return grant
