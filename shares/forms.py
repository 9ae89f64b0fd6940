"""What people write about shares, turned into values."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Membership
from mutualgov.ui.fields import DateField

WIDE = forms.TextInput(attrs={"class": "nhsuk-u-width-two-thirds"})


class DatedForm(forms.Form):
    """When an entry takes effect and what it rests on."""

    effective_on = DateField(label=_("Date the register will show"))
    authority = forms.CharField(
        label=_("What it rests on"),
        help_text=_("For example “Board minute 14, 2 March 2026” or “Rule 9”."),
        max_length=200,
        widget=WIDE,
    )


class AllotForm(DatedForm):
    """Who is allotted how many shares."""

    _carried = ("units", "authority", "effective_on_day", "effective_on_month", "effective_on_year")

    units = forms.IntegerField(
        label=_("Shares for each member"),
        min_value=1,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-3"}),
    )
    members = forms.MultipleChoiceField(label=_("Members"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, without: Iterable[Membership], names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_reference = {membership.reference: membership for membership in without}
        members = self.fields["members"]
        assert isinstance(members, forms.MultipleChoiceField)
        members.choices = [
            (reference, f"{names[reference]}, number {membership.number}")
            for reference, membership in self._by_reference.items()
        ]
        members.initial = list(self._by_reference)

    @property
    def hidden_pairs(self) -> list[tuple[str, str]]:
        """What was filled in, to be carried through the page that asks for confirmation."""
        single = [(name, value) for name, value in self.data.items() if name in self._carried]
        return single + [("members", reference) for reference in self.cleaned_data["members"]]

    @property
    def chosen(self) -> list[Membership]:
        return [self._by_reference[reference] for reference in self.cleaned_data["members"]]


class SettleForm(DatedForm):
    """What becomes of a leaver's share; the constitution says how, this says when and on what authority."""

    def __init__(self, *args: Any, ceased_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effective_on"].initial = ceased_on


class TransferForm(DatedForm):
    """To whom, and how many."""

    taker = forms.CharField(
        label=_("Membership reference of the member who takes them"),
        help_text=_("For example M-7K3QXMA. It is on the register."),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )
    units = forms.IntegerField(
        label=_("How many shares"), min_value=1, widget=forms.NumberInput(attrs={"class": "nhsuk-input--width-3"})
    )


class ReverseForm(forms.Form):
    """Why an entry was wrong."""

    authority = forms.CharField(
        label=_("Why this entry is reversed"),
        help_text=_("It stays in the ledger with its reversal beside it. For example “Entered twice”."),
        max_length=200,
        widget=WIDE,
    )
