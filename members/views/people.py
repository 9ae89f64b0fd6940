"""People to admit, and a member's own page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.rulings import Refusal

from .. import actions, queries
from ..forms import AdmitForm
from ..permissions import KEEP_REGISTER, SEE_OWN_MEMBERSHIP
from .member import facts_about


class PeopleToAdmit(MutualView):
    """Starters whose day has come or will come, and invited people who have not yet said yes."""

    access = KEEP_REGISTER

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.show()

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            made = actions.admit_due(
                due=queries.admissions_due(form.cleaned_data["chosen"]), by=request.user, at=request.now
            )
        except Refusal as refusal:
            return self.show(status=409, refusal=refusal)
        said = ngettext("%(n)s person is admitted.", "%(n)s people are admitted.", len(made)) % {"n": len(made)}
        messages.success(request, said)
        return redirect("members:admissions", mutual=self.mutual.key)

    def form(self, data: Any = None) -> AdmitForm:
        now = [due for due in queries.admissions_waiting() if due.due_on <= self.request.today]
        return AdmitForm(data, due=queries.waiting_in_words(now, on=self.request.today))

    def show(self, form: AdmitForm | None = None, *, status: int = 200, **context: Any) -> HttpResponse:
        today = self.request.today
        waiting = queries.admissions_waiting()
        later = [due for due in waiting if due.due_on > today]
        ready = len(waiting) - len(later)
        return self.page(
            "members/admissions.html",
            status=status,
            form=(form or self.form()) if ready else None,
            later=queries.waiting_in_words(later, on=today),
            **context,
        )


class AboutMe(MutualView, abstract=True):
    """A page about the membership of the login that looks."""

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        request = self.request
        membership = queries.membership_of(request.user, on=request.today)
        if membership is None:
            return self.page("members/me.html", status=status, facts=None, **context)
        book = rulebook_in_force(on=request.today)
        return self.page(
            "members/me.html",
            status=status,
            facts=facts_about(membership, book=book, on=request.today),
            reason=queries.why_there(membership, book=book, on=request.today),
            cls=book.classes.get(membership.class_key),
            **context,
        )


class OwnMembership(AboutMe):
    """My details, my membership, which constituency and why: in plain words, for the member."""

    access = SEE_OWN_MEMBERSHIP

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.show()


class OptOutOfMembership(AboutMe):
    """A member says no to membership; no later staff file enrols them again."""

    access = SEE_OWN_MEMBERSHIP

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        membership = queries.membership_of(request.user, on=request.today)
        if membership is None:
            raise Http404("this login is not a member")
        if request.POST.get("sure") != "yes":
            refusal = Refusal(_("Tick that you are sure, then leave. Nothing has changed."))
            return self.show(status=409, refusal=refusal)
        actions.record_opt_out(membership=membership, said_on=request.today, by=request.user, at=request.now)
        messages.success(request, _("Your membership has ended. You will not be enrolled again."))
        return redirect("site:front")
