"""The register on a page, on paper and as a file."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.constitution.queries import NoConstitution, rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook

from .. import queries
from ..exports import register_csv
from ..forms import RegisterForm
from ..permissions import BRING_IN_STAFF, KEEP_REGISTER, SEE_REGISTER
from ..queries import RegisterLine

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the page shows it: keys in words."""

    line: RegisterLine
    class_label: str
    constituency_label: str


class RegisterOfMembers(MutualView):
    """The register as it stood at a date, as it was known at another (Companies Act 2006 s.113; CCBSA 2014 s.30)."""

    access = SEE_REGISTER

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        book = _book(request)
        form = RegisterForm(request.GET or None, book=book, today=request.today)
        lines = _asked_for(form, request)
        paper = "paper" in request.GET
        page = Paginator(lines, max(len(lines), 1) if paper else PAGE).get_page(request.GET.get("page"))
        return self.page(
            "members/register.html",
            form=form,
            page=page,
            shown=_shown(page, book),
            total=len(lines),
            on=form.cleaned_data.get("on", request.today) if form.is_bound else request.today,
            known_on=form.cleaned_data.get("known_on") if form.is_bound else None,
            filtered=bool(
                form.is_bound and form.is_valid() and (form.cleaned_data["name"] or form.cleaned_data["constituency"])
            ),
            query=_without_page(request),
            paper=paper,
            may_bring_in=self.allows(BRING_IN_STAFF),
            may_keep=self.allows(KEEP_REGISTER),
        )


class RegisterFile(MutualView):
    """The same as a CSV file; formulas that hide in names are only text in it."""

    access = SEE_REGISTER

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        book = _book(request)
        form = RegisterForm(request.GET or None, book=book, today=request.today)
        lines = _asked_for(form, request)
        on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else request.today
        text = register_csv(lines, label=book.label if book else str)
        return HttpResponse(
            text.encode("utf-8-sig"),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{self.mutual.key}-register-{on.isoformat()}.csv"'},
        )


def _book(request: PageRequest) -> Rulebook | None:
    """Today's words for classes; none before there is a constitution, and then there are no members either."""
    try:
        return rulebook_in_force(on=request.today)
    except NoConstitution:
        return None


def _asked_for(form: RegisterForm, request: PageRequest) -> list[RegisterLine]:
    """Lines of the register as the form asks; nothing where it asks for what cannot be."""
    if not form.is_bound:
        return queries.register_entries(on=request.today)
    if not form.is_valid():
        return []
    asked = form.cleaned_data
    lines = queries.register_entries(on=asked["on"], known_at=form.known_at, former=asked["former"])
    return queries.narrowed(lines, text=asked["name"], key=asked["constituency"])


def _shown(lines: Any, book: Rulebook | None) -> list[Shown]:
    def label(key: str) -> str:
        return book.label(key) if book and key else key

    return [Shown(line, label(line.class_key), label(line.constituency_key)) for line in lines]


def _without_page(request: PageRequest) -> str:
    asked = request.GET.copy()
    for name in ("page", "paper"):
        asked.pop(name, None)
    return asked.urlencode()
