"""The audit chain on a page, on paper and as a file."""

import csv
import json
from io import StringIO
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView
from mutualgov.audit.queries import (
    actions_recorded,
    chain_faults,
    chain_length,
    entries,
    filtered_entries,
    kinds_recorded,
)
from mutualgov.audit.words import in_words

from .permissions import SEE_AUDIT

PAGE = 50
CHECKED_AT_ONCE = 5_000  # longer chains are checked when asked: reading one through takes seconds
COLUMNS = (
    "number", "at", "by", "action", "subject_kind", "subject", "rule", "constitution", "details",
    "previous_hash", "hash",
)  # fmt: skip


class AuditFilter(forms.Form):
    """Which entries to show."""

    action = forms.ChoiceField(label=_("What happened"), required=False)
    kind = forms.ChoiceField(label=_("Kind of thing"), required=False)
    subject = forms.CharField(
        label=_("Reference"),
        required=False,
        help_text=_("For example, M-7K3QXM"),
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("Everything"))]
        for field, values in (("action", actions_recorded()), ("kind", kinds_recorded())):
            self.fields[field].choices = everything + [(value, in_plain(value)) for value in values]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The values that make sense; a value from an old link that no longer occurs filters nothing."""
        self.is_valid()
        return {key: value.strip() for key, value in self.cleaned_data.items()}


def in_plain(name: str) -> str:
    """A name for a person: "access.role_granted" reads "Access: role granted"."""
    room, _dot, what = name.partition(".")
    return f"{room.replace('_', ' ').capitalize()}: {what.replace('_', ' ')}"


class Audit(MutualView):
    """The chain, newest first, in plain words; whether it is whole."""

    access = SEE_AUDIT

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        form = AuditFilter(request.GET)
        page = Paginator(filtered_entries(**form.chosen()), PAGE).get_page(request.GET.get("page"))
        length = chain_length()
        check = length <= CHECKED_AT_ONCE or "check" in request.GET
        return self.page(
            "home/audit.html",
            filter=form,
            page=page,
            items=in_words(page),
            length=length,
            checked=check,
            faults=chain_faults() if check else [],
            query=request.GET.urlencode(),
        )


class AuditEntryPage(MutualView):
    """One entry with everything that was kept of it."""

    access = SEE_AUDIT

    def get(self, request: PageRequest, number: int, **kwargs: Any) -> HttpResponse:
        entry = entries().filter(number=number).first()
        if entry is None:
            raise Http404(f"no entry {number}")
        [item] = in_words([entry])
        details = [(key.replace("_", " ").capitalize(), _written(value)) for key, value in entry.details.items()]
        return self.page("home/audit_entry.html", item=item, details=details)


class AuditExport(MutualView):
    """The chain as a file, oldest first, with the hashes: enough to check it without us."""

    access = SEE_AUDIT

    def get(self, request: PageRequest, **kwargs: Any) -> HttpResponse:
        out = StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for entry in filtered_entries(**AuditFilter(request.GET).chosen()).order_by("number").iterator(2000):
            writer.writerow([_cell(getattr(entry, column)) for column in COLUMNS])
        answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
        name = f"{self.mutual.key}-audit-{request.today.isoformat()}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def _cell(value: Any) -> str:
    """A value for a spreadsheet, which must not take it for a formula."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
