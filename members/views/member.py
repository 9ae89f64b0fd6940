"""One member: the entries of the register, the record beside it, and what may be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.accounts.actions import make_login
from mutualgov.accounts.queries import login_of
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook
from mutualgov.core.rulings import Refusal

from .. import actions, queries
from ..entries import EntryInWords, entries_in_words
from ..forms import CeaseForm, LoginForm, ParticularsForm
from ..leaving import meanings_of_leaving
from ..models import Membership
from ..permissions import KEEP_REGISTER, SEE_REGISTER


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What a member's pages say of a membership on a day."""

    membership: Membership
    class_label: str
    constituency_label: str
    running: bool
    entries: list[EntryInWords]
    others: list[Membership]


def facts_about(membership: Membership, *, book: Rulebook, on: date) -> MemberFacts:
    """A membership with its entries in words."""
    stands = queries.standing_of(membership, on=on) or queries.standing_of(membership, on=None)
    part = stands.constituency_key if stands else ""
    return MemberFacts(
        membership=membership,
        class_label=book.label(membership.class_key),
        constituency_label=book.label(part) if part else "",
        running=membership.joined_on <= on and (membership.ceased_on is None or membership.ceased_on > on),
        entries=entries_in_words(queries.history_of(membership), book=book),
        others=list(membership.person.memberships.exclude(pk=membership.pk)),
    )


class AboutMember(MutualView, abstract=True):
    """A page about the membership in the address; 404 where there is none."""

    def member(self) -> Membership:
        try:
            return queries.membership(self.kwargs["membership"])
        except queries.NoSuchMember as missing:
            raise Http404(f"no membership {missing}") from None

    def show(self, membership: Membership, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.page(
            "members/member.html",
            status=status,
            facts=facts_about(membership, book=rulebook_in_force(on=self.request.today), on=self.request.today),
            may_keep=self.allows(KEEP_REGISTER),
            **context,
        )


class MemberPage(AboutMember):
    """One member as the register has them, every entry with both dates."""

    access = SEE_REGISTER

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.member())


class MemberQuestion(AboutMember, abstract=True):
    """A form about one member on a page of its own: ask, then act."""

    access = KEEP_REGISTER
    template_name = "members/question.html"
    title: ClassVar[Any] = ""
    button: ClassVar[Any] = ""

    def form(self, membership: Membership, data: Any = None) -> Form:
        raise NotImplementedError

    def act(self, membership: Membership, form: Form) -> str:
        """Do it; returns what to say afterwards."""
        raise NotImplementedError

    def context(self, membership: Membership) -> dict[str, Any]:
        return {}

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        membership = self.member()
        return self.ask(membership, self.form(membership))

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        membership = self.member()
        form = self.form(membership, request.POST)
        if not form.is_valid():
            return self.ask(membership, form, status=422)
        messages.success(request, self.act(membership, form))
        return redirect("members:member", mutual=self.mutual.key, membership=membership.reference)

    def ask(self, membership: Membership, form: Form, *, status: int = 200) -> HttpResponse:
        return self.page(
            status=status,
            form=form,
            membership=membership,
            title=self.title,
            button_label=self.button,
            **self.context(membership),
        )


class EndMembership(MemberQuestion):
    """End a membership on a day past or still to come; what else hangs on it is shown first."""

    access = KEEP_REGISTER
    title, button = gettext_lazy("End a membership"), gettext_lazy("End the membership")

    def form(self, membership: Membership, data: Any = None) -> CeaseForm:
        return CeaseForm(data)

    def context(self, membership: Membership) -> dict[str, Any]:
        found = meanings_of_leaving([membership.reference], on=self.request.today)
        return {"meanings": found.get(membership.reference, [])}

    def act(self, membership: Membership, form: Form) -> str:
        actions.cease_membership(membership=membership, by=self.request.user, at=self.request.now, **form.cleaned_data)
        return _("The end of the membership is entered.")


class ChangeParticulars(MemberQuestion):
    """Note a changed name or service address; the old stays, with both dates."""

    access = KEEP_REGISTER
    title, button = gettext_lazy("Change name or service address"), gettext_lazy("Enter the change")

    def form(self, membership: Membership, data: Any = None) -> ParticularsForm:
        names = ("given_name", "family_name", "service_address")
        return ParticularsForm(data, initial={name: getattr(membership.person, name) for name in names})

    def act(self, membership: Membership, form: Form) -> str:
        entered = actions.change_particulars(
            person=membership.person, by=self.request.user, at=self.request.now, **form.cleaned_data
        )
        return _("The change is entered.") if entered else _("Nothing was different, so nothing was entered.")


class LinkLogin(MemberQuestion):
    """Let somebody sign in as this member."""

    access = KEEP_REGISTER
    title, button = gettext_lazy("Let this member sign in"), gettext_lazy("Let them sign in")

    def form(self, membership: Membership, data: Any = None) -> LoginForm:
        return LoginForm(data, initial={"email": membership.person.email})

    def act(self, membership: Membership, form: Form) -> str:
        email = form.cleaned_data["email"]
        user = login_of(email) or make_login(email=email, name=membership.person.name)
        actions.link_login(membership=membership, user=user, by=self.request.user, at=self.request.now)
        return _("%(name)s may now sign in as %(email)s.") % {"name": membership.person.name, "email": email}


class StrikeEntry(AboutMember):
    """Take back an entry that should not have been made."""

    access = KEEP_REGISTER

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        membership = self.member()
        entries = list(queries.history_of(membership))
        if not 1 <= self.kwargs["entry"] <= len(entries):
            raise Http404(f"no entry {self.kwargs['entry']}")
        entry = entries[self.kwargs["entry"] - 1]
        authority = request.POST.get("authority", "").strip()
        try:
            if not authority:
                raise Refusal(_("Say what shows that the entry was wrong, then strike it out."))
            actions.strike_entry(entry=entry, authority=authority[:200], by=request.user, at=request.now)
        except Refusal as refusal:
            return self.show(membership, status=409, refusal=refusal)
        messages.success(request, _("The entry is struck out. It stays to be seen and no longer counts."))
        return redirect("members:member", mutual=self.mutual.key, membership=membership.reference)
