"""Calling an election: which seat, how many and when, check, draft. Nothing is kept before the last step."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.constitution.semantics.timing import earliest_close

from .. import actions, permissions
from ..forms import CallForm, SeatForm
from ..queries.terms import elected_seats, terms_of
from ..terms import ElectionTerms
from ..timetable import computed_timetable


class ChooseSeat(MutualView):
    """Question 1: which seat."""

    access = permissions.CALL_ELECTION
    template_name = "voting/call_seat.html"

    def get(self, request: PageRequest, **kwargs: str) -> HttpResponse:
        seats = elected_seats(on=request.today)
        if not seats:
            return self.page("voting/nothing_to_elect.html")
        given = request.GET if "seat" in request.GET else None
        form = SeatForm(given, seats=seats)
        if given is not None and form.is_valid():
            details = reverse("voting:call_details", kwargs={"mutual": self.mutual.key})
            return redirect(f"{details}?seat={form.cleaned_data['seat']}")
        return self.page(form=form)


class CallDetails(ChooseSeat):
    """Question 2: how many, when voting closes. Question 3, on the same address: check, with every date explained."""

    access = permissions.CALL_ELECTION

    def get(self, request: PageRequest, **kwargs: str) -> HttpResponse:
        if "seat" not in request.GET:
            return super().get(request)  # the first question comes first
        terms = _terms(request.GET["seat"], on=request.today)
        earliest = _earliest(terms, on=request.today)
        if "seats" not in request.GET:
            return self.page("voting/call_details.html", form=_blank(terms, earliest), terms=terms)
        form = CallForm(request.GET, terms=terms, earliest=earliest)
        if not form.is_valid() or "change" in request.GET:
            return self.page("voting/call_details.html", form=form, terms=terms)
        computed = computed_timetable(close_on=form.cleaned_data["close_on"], rule=terms.rule, nation=terms.nation)
        return self.page(
            "voting/call_check.html",
            terms=terms,
            answers=form.cleaned_data,
            computed=computed,
            is_late=computed[0].at < request.now,
            earliest=earliest,
            sent=list(request.GET.items()),
            change_url=f"{request.path}?{request.GET.urlencode()}&change=1",
        )


class DraftElection(MutualView):
    """The last step: the draft is made."""

    access = permissions.CALL_ELECTION

    def post(self, request: PageRequest, **kwargs: str) -> HttpResponse:
        terms = _terms(request.POST.get("seat", ""), on=request.today)
        earliest = _earliest(terms, on=request.today)
        form = CallForm(request.POST, terms=terms, earliest=earliest)
        if not form.is_valid():
            return self.page("voting/call_details.html", status=422, form=form, terms=terms)
        election = actions.call_election(
            body_key=terms.body_key,
            seat_key=terms.seat_key,
            by=request.user,
            at=request.now,
            **_given(form),
        )
        messages.success(request, "The election is drafted. Nobody has been told yet: give notice when you are ready.")
        return redirect("voting:election", mutual=self.mutual.key, reference=election.reference)


def _terms(path: str, *, on: date) -> ElectionTerms:
    try:
        return terms_of(path, on=on)
    except LookupError as missing:
        raise Http404(f"no seat {path}") from missing


def _earliest(terms: ElectionTerms, *, on: date) -> date:
    return earliest_close(terms.rule, notice_on=on, nation=terms.nation).on


def _blank(terms: ElectionTerms, earliest: date) -> CallForm:
    initial = {
        "seats": terms.most,
        "close_on": earliest,
        "title": f"Election of {terms.seat_name}, {terms.body_name}",
    }
    return CallForm(initial=initial, terms=terms, earliest=earliest)


def _given(form: CallForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("seats", "close_on", "title", "contact")}
