"""Forms of the front of house: text into values."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mutualgov.access.permissions import Role
from mutualgov.ui.fields import DateField, Hinted

WHAT_ROLES_DO = {
    Role.SECRETARY: _("Keeps the register, the shares and the roles, and calls elections."),
    Role.RETURNING_OFFICER: _("Runs elections: nominations, the roll, the poll, the count, the declaration."),
    Role.SCRUTINEER: _("Checks paper ballots as the second person, and watches the count."),
    Role.CHAIR: _("Leads the board, and reads what officers read."),
    Role.MEMBER: _("Votes, and sees the register."),
}


class GrantRoleForm(forms.Form):
    """Who is to hold which role, from when until when."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("If it has no login yet, one is made: they sign in with a code that is sent to this address."),
        error_messages={"required": _("Enter the e-mail address of the person.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "class": "nhsuk-input--width-20"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("How to greet them. A login that exists keeps the name it has."),
        error_messages={"required": _("Enter the person’s name.")},
    )
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose a role.")}
    )
    from_on = DateField(label=_("First day"), help_text=_("For example, 1 5 2026"))
    until_on = DateField(label=_("Last day, if it is known"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, Hinted(role.label, hint=str(WHAT_ROLES_DO[role]))) for role in Role
        ]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", ValidationError(_("The last day is before the first day.")))
        return cleaned


class EndRoleForm(forms.Form):
    """The last day of a role."""

    last_on = DateField(label=_("Last day"), help_text=_("The role runs to the end of this day."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last_on(self) -> date:
        last_on: date = self.cleaned_data["last_on"]
        if last_on < self.today:
            raise ValidationError(_("A role cannot end in the past: what was done under it was done with it."))
        return last_on
