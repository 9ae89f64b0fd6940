"""The register, allotting, entries and certificates."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.queries import names_of
from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.core.rulings import Refusal
from mutualgov.ui.forms import AsAtForm

from .. import actions, book, documents, permissions, queries
from ..forms import AllotForm, ReverseForm
from ..models import Certificate, ShareEntry
from ..rules import ShareTerms

A_PAGE = 100  # holders


class ShareRegister(MutualView):
    """Who holds which shares on a date (Companies Act 2006 s.113(3); CCBSA 2014 s.30(2)(c)), with the totals."""

    access = permissions.SEE_LEDGER

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        as_at = AsAtForm(request.GET, default=request.today)
        every = queries.holdings(on=as_at.on)
        whole = "whole" in request.GET
        holdings = Paginator(every, max(1, len(every)) if whole else A_PAGE).get_page(request.GET.get("page"))
        return self.page(
            "shares/register.html",
            form=as_at,
            holdings=holdings,
            totals=queries.share_totals(on=as_at.on),
            recent=queries.recent_entries(),
            may_move=self.allows(permissions.MOVE),
        )


class ShareRegisterCsv(MutualView):
    """The same as a file for a spreadsheet."""

    access = permissions.SEE_LEDGER

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        on = AsAtForm(request.GET, default=request.today).on
        nominal = {terms.key: terms.nominal_pence for terms in book.share_classes(on=on)}
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow(["As at", "Class", "Number", "Reference", "Name", "Shares", "Nominal pence", "Certificates"])
        for line in queries.holdings(on=on):
            rows.writerow(
                [
                    on.isoformat(),
                    line.class_key,
                    line.number or "",
                    line.reference,
                    documents.plain_cell(line.name),
                    line.units,
                    line.units * nominal[line.class_key],
                    " ".join(map(str, line.certificates)),
                ]
            )
        name = f"{self.mutual.key}-shares-{on.isoformat()}.csv"
        return HttpResponse(
            "\ufeff" + out.getvalue(),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class Without(MutualView):
    """Members who do not hold their share yet, and the form that allots it to them."""

    access = permissions.MOVE

    def get(self, request: PageRequest, class_key: str, **kwargs: Any) -> HttpResponse:
        return allot_page(self, terms_or_404(class_key, request), AllotForm(**_without(class_key, request)))


class Allot(MutualView):
    """Allot to the members chosen: shown first, written when confirmed."""

    access = permissions.MOVE

    def post(self, request: PageRequest, class_key: str, **kwargs: Any) -> HttpResponse:
        terms = terms_or_404(class_key, request)
        form = AllotForm(request.POST, **_without(class_key, request))
        if not form.is_valid() or "change" in request.POST:
            return allot_page(self, terms, form)
        told = {
            "memberships": form.chosen,
            "units": form.cleaned_data["units"],
        }
        on = form.cleaned_data["effective_on"]
        if "confirm" not in request.POST:
            terms = book.share_terms(class_key, on=on)
            obstacles = actions.obstacles_to_allotment(terms=terms, on=on, **told)
            return self.page(
                "shares/allot_check.html",
                terms=terms,
                form=form,
                obstacles=obstacles,
                names=names_of([membership.reference for membership in form.chosen]),
                total=form.cleaned_data["units"] * len(form.chosen),
                nominal_pence=form.cleaned_data["units"] * len(form.chosen) * terms.nominal_pence,
            )
        try:
            entry = actions.allot_shares(
                class_key=class_key,
                effective_on=on,
                authority=form.cleaned_data["authority"],
                by=request.user,
                at=request.now,
                **told,
            )
        except Refusal as refusal:
            return allot_page(self, terms, form, refusal=refusal)
        count = len(form.chosen)
        said = ngettext("Shares are allotted to %d member.", "Shares are allotted to %d members.", count) % count
        messages.success(request, said)
        return redirect("shares:entry", mutual=self.mutual.key, reference=entry.reference)


class Entry(MutualView):
    """One entry with its lines."""

    access = permissions.SEE_LEDGER

    def get(self, request: PageRequest, reference: str, **kwargs: Any) -> HttpResponse:
        return entry_page(self, entry_or_404(reference), ReverseForm())


class Reverse(MutualView):
    """Undo an entry by another with every line turned round."""

    access = permissions.MOVE

    def post(self, request: PageRequest, reference: str, **kwargs: Any) -> HttpResponse:
        entry, form = entry_or_404(reference), ReverseForm(request.POST)
        if not form.is_valid():
            return entry_page(self, entry, form)
        try:
            reversal = actions.reverse_entry(
                entry=entry, authority=form.cleaned_data["authority"], by=request.user, at=request.now
            )
        except Refusal as refusal:
            return entry_page(self, entry, form, refusal=refusal)
        messages.success(request, _("Entry %s is reversed.") % entry.reference)
        return redirect("shares:entry", mutual=self.mutual.key, reference=reversal.reference)


class CertificatePage(MutualView):
    """A certificate, to look at or to print."""

    access = permissions.SEE_LEDGER

    def get(self, request: PageRequest, class_key: str, number: int, **kwargs: Any) -> HttpResponse:
        found = certificate_or_404(class_key, number)
        return self.page("shares/certificate.html", sheet=documents.certificate_sheet(found, mutual=self.mutual))


class CertificatePdf(MutualView):
    """The same as a tagged PDF."""

    access = permissions.SEE_LEDGER

    def get(self, request: PageRequest, class_key: str, number: int, **kwargs: Any) -> HttpResponse:
        found = certificate_or_404(class_key, number)
        return documents.certificates_pdf([found], mutual=self.mutual, name=f"certificate-{class_key}-{number}")


def allot_page(view: MutualView, terms: ShareTerms, form: AllotForm, *, refusal: Refusal | None = None) -> HttpResponse:
    return view.page("shares/without.html", terms=terms, form=form, refusal=refusal, status=409 if refusal else 200)


def entry_page(
    view: MutualView, entry: ShareEntry, form: ReverseForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    lines = queries.entry_lines(entry)
    return view.page(
        "shares/entry.html",
        entry=entry,
        lines=queries.named_lines(lines, on=entry.effective_on),
        reversal=entry.reversals.first(),
        certificates=list(entry.certificates.order_by("number")),
        form=form,
        refusal=refusal,
        may_reverse=view.allows(permissions.MOVE),
        status=409 if refusal else 200,
    )


def terms_or_404(class_key: str, request: PageRequest) -> ShareTerms:
    try:
        return book.share_terms(class_key, on=request.today)
    except book.UnknownShareClass as unknown:
        raise Http404(str(unknown)) from unknown


def entry_or_404(reference: str) -> ShareEntry:
    try:
        return queries.entry(reference)
    except ShareEntry.DoesNotExist as missing:
        raise Http404(f"no entry {reference}") from missing


def certificate_or_404(class_key: str, number: int) -> Certificate:
    try:
        return queries.certificate(class_key=class_key, number=number)
    except Certificate.DoesNotExist as missing:
        raise Http404(f"no certificate {class_key} {number}") from missing


def _without(class_key: str, request: PageRequest) -> dict[str, Any]:
    without = queries.members_without_share(class_key=class_key, on=request.today)
    names = names_of([membership.reference for membership in without])
    return {"without": without, "names": names, "initial": {"effective_on": request.today}}
