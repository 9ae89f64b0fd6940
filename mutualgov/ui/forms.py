"""Forms that several rooms show."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import DateField


class AsAtForm(forms.Form):
    """The date as at which a register is read; in the address of the page, so that it can be kept and sent on."""

    as_at = DateField(label=_("As at"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, default: date) -> None:
        asked = bool(data) and any(key.startswith("as_at_") for key in data or ())
        super().__init__(data if asked else None, initial={"as_at": default})
        self.default = default

    @property
    def on(self) -> date:
        """The date asked for; the default where none was, or where what was written is no date."""
        if self.is_bound and self.is_valid() and self.cleaned_data["as_at"]:
            return self.cleaned_data["as_at"]
        return self.default

    @property
    def query(self) -> str:
        """The same date as the end of another address: ``as_at_day=4&as_at_month=3&as_at_year=2026``."""
        return f"as_at_day={self.on.day}&as_at_month={self.on.month}&as_at_year={self.on.year}"
