"""Text into values, for the register, a member and the staff feed."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mutualgov.constitution.rulebook import Rulebook
from mutualgov.core.clock import uk_time
from mutualgov.ui.fields import DateField, Hinted

from .feed.columns import LABELS, LEFT_OUT

EVERYWHERE = ("", _("All"))
LEAVING = (
    ("left employment", _("Left employment")),
    ("resigned", _("Resigned")),
    ("no longer eligible", _("No longer qualifies")),
    ("removed by decision", _("Removed by a decision")),
    ("died", _("Died")),
)


class RegisterForm(forms.Form):
    """Which register to show: as it stood on a day, as it was known by the end of another, and of whom."""

    on = DateField(
        label=_("As it stood on"),
        required=False,
        help_text=_("Today, if left empty."),
    )
    known_on = DateField(
        label=_("As it was known on"),
        required=False,
        help_text=_("Leaves out what was entered after the end of that day. Everything entered so far, if left empty."),
    )
    name = forms.CharField(
        label=_("Name or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-20"}),
    )
    constituency = forms.ChoiceField(label=_("Class or constituency"), required=False)
    former = forms.BooleanField(label=_("Also who has ceased to be a member"), required=False)

    def __init__(self, *args: Any, book: Rulebook | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        keys = [*book.classes, *book.constituencies] if book else []
        self.fields["constituency"].choices = [EVERYWHERE, *((key, book.label(key)) for key in keys if book)]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        return self.cleaned_data["on"] or self.today

    def clean_known_on(self) -> date | None:
        known: date | None = self.cleaned_data["known_on"]
        if known and known > self.today:
            raise ValidationError(_("Nobody can know today what will be entered later. Enter a day up to today."))
        return known

    @property
    def known_at(self) -> datetime | None:
        """The last moment of the day on which it was known."""
        known: date | None = self.cleaned_data.get("known_on")
        return uk_time(known + timedelta(days=1), 0) - timedelta(microseconds=1) if known else None


class CeaseForm(forms.Form):
    """When and why a membership ends."""

    effective_on = DateField(
        label=_("First day on which they are no longer a member"),
        help_text=_("The day after the last day of work, for example 1 7 2026. It may be past or still to come."),
        error_messages={"required": _("Enter the first day on which they are no longer a member.")},
    )
    reason = forms.ChoiceField(
        label=_("Why"), choices=LEAVING, widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")}
    )
    authority = forms.CharField(
        label=_("What it rests on"),
        required=False,
        max_length=200,
        help_text=_("For example, a letter of 3 June 2026 or minute 12"),
    )


class ParticularsForm(forms.Form):
    """What the register shows of a person, and since when."""

    given_name = forms.CharField(label=_("Given name"), required=False, max_length=120)
    family_name = forms.CharField(
        label=_("Surname"), max_length=120, error_messages={"required": _("Enter the surname.")}
    )
    service_address = forms.CharField(
        label=_("Service address"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The address the register shows. It may be at work or care of the mutual."),
    )
    changed_on = DateField(
        label=_("Day on which it changed"),
        error_messages={"required": _("Enter the day on which it changed.")},
        help_text=_("The old particulars stay in the register, with this date and the day you enter it."),
    )
    authority = forms.CharField(
        label=_("What you have seen"),
        required=False,
        max_length=200,
        help_text=_("For example, a marriage certificate"),
    )


class LoginForm(forms.Form):
    """The login that is to act for a member."""

    email = forms.EmailField(
        label=_("E-mail address of the login"),
        help_text=_("If it has no login yet, one is made: they sign in with a code that is sent to this address."),
        error_messages={"required": _("Enter the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "class": "nhsuk-input--width-20"}),
    )


class UploadForm(forms.Form):
    """A staff file."""

    file = forms.FileField(
        label=_("Staff file"),
        help_text=_("CSV or Excel (.xlsx), as payroll exports it, with its headings. At most 25 MB."),
        error_messages={
            "required": _("Choose the file that payroll exported."),
            "empty": _("The file is empty. Export the staff list again."),
        },
    )
    effective_on = DateField(
        label=_("Day the changes count from"),
        required=False,
        help_text=_("Today, if left empty. Each leaver keeps the date that the file gives."),
    )


class ApproveForm(forms.Form):
    """The one approval of a batch."""

    despite = forms.CharField(
        label=_("Why this file is right all the same"),
        required=False,
        max_length=200,
        help_text=_("For example: the catering service moved to the council on 1 June"),
    )


class ColumnsForm(forms.Form):
    """Which column is which."""

    def __init__(self, *args: Any, columns: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Do not read")), *((k, label) for k, label in LABELS.items() if k not in LEFT_OUT)]
        self.headings: dict[str, str] = {}
        for number, column in enumerate(columns):
            if not column["heading"] or column["field"] in LEFT_OUT:
                continue
            name = f"column_{number}"
            self.headings[name] = column["heading"]
            self.fields[name] = forms.ChoiceField(
                label=column["heading"], choices=choices, required=False, initial=column["field"]
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [field for field in cleaned.values() if field]
        for field in sorted({field for field in chosen if chosen.count(field) > 1}):
            raise ValidationError(_("Two columns are read as %(label)s. Choose one."), params={"label": LABELS[field]})
        return cleaned

    @property
    def words(self) -> dict[str, str]:
        return {self.headings[name]: field for name, field in self.cleaned_data.items() if name in self.headings}


class GroupForm(forms.Form):
    """What a staff group of the file is called in the constitution."""

    def __init__(self, *args: Any, said: list[str], known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said: dict[str, str] = {}
        for number, group in enumerate(said):
            self.said[f"group_{number}"] = group
            self.fields[f"group_{number}"] = forms.ChoiceField(
                label=group, choices=[("", _("Leave open")), *known], required=False
            )

    @property
    def words(self) -> dict[str, str]:
        return {self.said[name]: meant for name, meant in self.cleaned_data.items() if meant}


class AdmitForm(forms.Form):
    """Whom to admit of those who wait."""

    chosen = forms.MultipleChoiceField(
        label=_("People to admit"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, due: list[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(ref, Hinted(name, hint=hint)) for ref, name, hint in due]  # type: ignore[attr-defined]
