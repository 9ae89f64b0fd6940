"""One holder's shares: as the secretary sees them, and as the member does."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from members.models import Membership
from members.queries import NoSuchMember, membership, memberships_of
from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.core.references import tidy_reference
from mutualgov.core.rulings import Refusal

from .. import actions, documents, permissions, queries
from ..forms import SettleForm, TransferForm
from .ledger import terms_or_404


class Holder(MutualView):
    """One member's shares, line by line, with certificates and what may be done."""

    access = permissions.SEE_LEDGER

    def get(self, request: PageRequest, reference: str, **kwargs: Any) -> HttpResponse:
        return holder_page(self, member_or_404(reference))


class Settle(MutualView):
    """Do with a leaver's share what the constitution says."""

    access = permissions.MOVE

    def post(self, request: PageRequest, reference: str, class_key: str, **kwargs: Any) -> HttpResponse:
        leaver, terms = member_or_404(reference), terms_or_404(class_key, request)
        form = SettleForm(request.POST)
        act = actions.transfer_to_nominee if terms.leaving == "transfer_at_par" else actions.cancel_shares
        return done_or_refused(
            self,
            leaver,
            form,
            lambda told: act(
                membership=leaver,
                class_key=class_key,
                units=queries.holding(leaver, on=told["effective_on"], class_key=class_key),
                by=request.user,
                at=request.now,
                **told,
            ),
        )


class Transfer(MutualView):
    """Pass shares to another member."""

    access = permissions.MOVE

    def post(self, request: PageRequest, reference: str, class_key: str, **kwargs: Any) -> HttpResponse:
        giver = member_or_404(reference)
        terms_or_404(class_key, request)

        def transfer(told: dict[str, Any]) -> Any:
            return actions.transfer_shares(
                giver=giver,
                taker=_taker(told.pop("taker")),
                class_key=class_key,
                by=request.user,
                at=request.now,
                **told,
            )

        return done_or_refused(self, giver, TransferForm(request.POST), transfer)


class MyShares(MutualView):
    """What the person signed in holds, and the evidence of it."""

    access = permissions.SEE_OWN

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        mine = list(memberships_of(request.user, on=request.today))
        return self.page(
            "shares/mine.html",
            accounts=[account for held in mine for account in queries.accounts_of(held, on=request.today)],
            is_member=bool(mine),
        )


class MyCertificates(MutualView):
    """The member's certificates that stand, as one tagged PDF."""

    access = permissions.SEE_OWN

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        standing = queries.standing_certificates(memberships_of(request.user, on=request.today))
        if not standing:
            messages.info(request, _("You have no share certificate to download."))
            return redirect("shares:mine", mutual=self.mutual.key)
        return documents.certificates_pdf(standing, mutual=self.mutual, name="my-share-certificates")


def holder_page(
    view: MutualView, holder: Membership, *, form: forms.Form | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    today = view.request.today
    settle = form if isinstance(form, SettleForm) else SettleForm(ceased_on=holder.ceased_on)
    transfer = form if isinstance(form, TransferForm) else TransferForm(initial={"effective_on": today})
    return view.page(
        "shares/holder.html",
        holder=holder,
        name=queries.name_of(holder),
        has_left=holder.ceased_on is not None and holder.ceased_on <= today,
        accounts=queries.accounts_of(holder, on=today),
        settle_form=settle,
        transfer_form=transfer,
        form=form,
        refusal=refusal,
        may_move=view.allows(permissions.MOVE),
        status=409 if refusal else 200,
    )


def done_or_refused(
    view: MutualView, holder: Membership, form: forms.Form, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Call an action with what a form says; the holder's page again where it cannot be."""
    if not form.is_valid():
        return holder_page(view, holder, form=form)
    try:
        entry = act(dict(form.cleaned_data))
    except Refusal as refusal:
        return holder_page(view, holder, form=form, refusal=refusal)
    messages.success(view.request, _("Entry %s is written into the ledger.") % entry.reference)
    return redirect("shares:entry", mutual=view.mutual.key, reference=entry.reference)


def member_or_404(reference: str) -> Membership:
    try:
        return membership(reference)
    except NoSuchMember as missing:
        raise Http404(f"no member {reference}") from missing


def _taker(reference: str) -> Membership:
    try:
        return membership(tidy_reference(reference))
    except NoSuchMember:
        raise actions.TransferRefused(
            f"No member has the reference {reference}. Look it up on the register.", rule="members"
        ) from None
