"""Who sits where, on any date; one seat and its terms; filling a seat and ending a term."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.rulings import Refusal
from mutualgov.ui.forms import AsAtForm

from . import actions, permissions, queries
from .forms import EndForm, FillForm
from .limits import seat_limits
from .models import Seat
from .needs import call_url


class Councils(MutualView):
    """Every body that has seats, with how many are filled."""

    access = permissions.SEE

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        as_at = AsAtForm(request.GET, default=request.today)
        return self.page("councils/councils.html", form=as_at, bodies=queries.who_sits(on=as_at.on))


class BodyPage(MutualView):
    """One body: who sits in it until when, what is vacant, which limits that keeps."""

    access = permissions.SEE

    def get(self, request: PageRequest, body_key: str, **kwargs: Any) -> HttpResponse:
        as_at = AsAtForm(request.GET, default=request.today)
        book = rulebook_in_force(on=as_at.on)
        body = next((body for body in queries.who_sits(on=as_at.on) if body.key == body_key), None)
        if body is None:
            raise Http404(f"no body {body_key} with seats on {as_at.on}")
        calls = _calls(self) if self.allows(permissions.MANAGE) and as_at.on == request.today else {}
        return self.page(
            "councils/body.html",
            form=as_at,
            body=body,
            limits=[limit for limit in seat_limits(book, on=as_at.on) if limit.body_key == body_key],
            groups=[(group, calls.get(group.path)) for group in body.groups],
        )


class SeatPage(MutualView):
    """One seat with everyone who has sat in it, and what may be done with it."""

    access = permissions.SEE

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        return seat_page(self, _seat_or_404(self))


class Fill(MutualView):
    """Enter who takes a seat."""

    access = permissions.MANAGE

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        seat = _seat_or_404(self)
        form = _fill_form(self, seat, request.POST)
        if not form.is_valid():
            return seat_page(self, seat, form=form)
        try:
            actions.fill_seat(
                seat=seat,
                membership=form.cleaned_data["member"],
                holder_name=form.cleaned_data.get("holder_name", ""),
                from_on=form.cleaned_data["from_on"],
                source=form.cleaned_data["source"],
                by=request.user,
                at=request.now,
            )
        except Refusal as refusal:
            return seat_page(self, seat, form=form, refusal=refusal)
        messages.success(request, _("The seat is filled."))
        return redirect(_address(self))


class EndTerm(MutualView):
    """End the term of whoever sits in a seat."""

    access = permissions.MANAGE

    def post(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        seat = _seat_or_404(self)
        form = EndForm(request.POST)
        term = queries.current_term(seat, on=request.today)
        if not form.is_valid() or term is None:
            refusal = None if term else actions.TermRefused("Nobody sits in this seat today.", rule="councils")
            return seat_page(self, seat, form=form, refusal=refusal)
        try:
            actions.end_term(
                term=term,
                ended_on=form.cleaned_data["ended_on"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=request.now,
            )
        except Refusal as refusal:
            return seat_page(self, seat, form=form, refusal=refusal)
        messages.success(request, _("The term is ended."))
        return redirect(_address(self))


def seat_page(
    view: MutualView, seat: Seat, *, form: forms.Form | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    today = view.request.today
    place = queries.place_on_day(seat, on=today)
    return view.page(
        "councils/seat.html",
        seat=seat,
        place=place,
        history=queries.seat_history(seat, on=today),
        today=today,
        fill_form=form if isinstance(form, FillForm) else _fill_form(view, seat),
        end_form=form if isinstance(form, EndForm) else EndForm(),
        call_url=call_url(view.mutual.key, seat.path) if place and place.how == "elected" else "",
        may_manage=view.allows(permissions.MANAGE),
        form=form,
        refusal=refusal,
        status=409 if refusal else 200,
    )


def _fill_form(view: MutualView, seat: Seat, data: Any = None) -> FillForm:
    today = view.request.today
    place = queries.place_on_day(seat, on=today)
    return FillForm(
        data,
        how=place.how if place else "",
        members_only=bool(place and place.eligible),
        initial={"from_on": today},
    )


def _calls(view: MutualView) -> dict[str, tuple[queries.Vacancy, str]]:
    """Elected seats for which an election is to be called, each with the page that calls it."""
    return {
        vacancy.path: (vacancy, call_url(view.mutual.key, vacancy.path))
        for vacancy in queries.vacancies(on=view.request.today)
        if vacancy.how == "elected" and vacancy.to_call
    }


def _seat_or_404(view: MutualView) -> Seat:
    told = {name: view.kwargs[name] for name in ("body_key", "seat_key", "number")}
    try:
        return queries.seat(**told)
    except Seat.DoesNotExist as missing:
        raise Http404(f"no seat {told}") from missing


def _address(view: MutualView) -> str:
    told = {name: view.kwargs[name] for name in ("body_key", "seat_key", "number")}
    return reverse("councils:seat", kwargs={"mutual": view.mutual.key, **told})
