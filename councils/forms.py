"""What the secretary writes about seats, turned into values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Membership
from members.queries import NoSuchMember, membership
from mutualgov.core.references import tidy_reference
from mutualgov.ui.fields import DateField

from .rules import EVIDENCE

WIDE = {"class": "nhsuk-u-width-two-thirds"}


class FillForm(forms.Form):
    """Who takes a seat, from when, on what evidence."""

    member = forms.CharField(
        label=_("Membership reference"),
        help_text=_("For a member. It is on the register, for example M-7K3QXMA."),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )
    holder_name = forms.CharField(
        label=_("Name"),
        help_text=_("For somebody who is not a member: given name and family name."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=WIDE),
    )
    from_on = DateField(label=_("First day in the seat"))
    source = forms.CharField(label=_("What it rests on"), max_length=200, widget=forms.TextInput(attrs=WIDE))

    def __init__(self, *args: Any, how: str, members_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evidence = {key.value: words for key, words in EVIDENCE.items()}.get(how, "")
        self.fields["source"].help_text = _("Name %(evidence)s and its date.") % {"evidence": evidence}
        if members_only:
            del self.fields["holder_name"]
            self.fields["member"].required = True
            self.fields["member"].help_text = _("It is on the register, for example M-7K3QXMA.")

    def clean_member(self) -> Membership | None:
        written = self.cleaned_data["member"]
        if not written:
            return None
        try:
            return membership(tidy_reference(written))
        except NoSuchMember:
            raise forms.ValidationError(
                _("No member has the reference %(written)s. Look it up on the register."), params={"written": written}
            ) from None


class EndForm(forms.Form):
    """Why and when somebody leaves a seat."""

    ended_on = DateField(label=_("First day no longer in the seat"))
    reason = forms.CharField(
        label=_("Why the term ends"),
        help_text=_("For example “Resigned by letter of 3 May 2026” or “Nominator withdrew the nomination”."),
        max_length=200,
        widget=forms.TextInput(attrs=WIDE),
    )
