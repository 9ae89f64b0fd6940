"""Forms of the front of house: text into values."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mutualgov.access.permissions import Role
from mutualgov.tenancy.models import KEY_SHAPE, RESERVED_KEYS, Mutual
from mutualgov.ui.fields import DateField, Hinted

WHAT_ROLES_DO = {
    Role.SECRETARY: _("Keeps the register, the shares and the roles, and calls elections."),
    Role.RETURNING_OFFICER: _("Runs elections: nominations, the roll, the poll, the count, the declaration."),
    Role.SCRUTINEER: _("Checks paper ballots as the second person, and watches the count."),
    Role.CHAIR: _("Leads the board, and reads what officers read."),
    Role.MEMBER: _("Votes, and sees their own membership."),
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


LONGEST_DOCUMENT = 512 * 1024  # bytes; the longest of the templates has 20 thousand


class TemplateForm(forms.Form):
    """Which of the constitutions that ship a new mutual starts from."""

    heading_field = "template"
    template = forms.ChoiceField(
        label=_("Which of these is most like your mutual?"),
        help_text=_("You can change every rule of it before you start, and by your own decisions later."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that is most like your mutual.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = choices  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """What a new mutual is called, in words and in its address."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the name of the mutual.")}
    )
    key = forms.CharField(
        label=_("Key"),
        max_length=60,
        help_text=_("A short word for its address, such as “weavers”. It stays the same if the name changes."),
        validators=[KEY_SHAPE],
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-20", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter a key.")},
    )

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key in RESERVED_KEYS:
            raise ValidationError(
                _("“%(key)s” is an address of the site itself. Choose another key."), params={"key": key}
            )
        if Mutual.objects.filter(key=key).exists():
            raise ValidationError(
                _("There already is a mutual “%(key)s” here. Choose another key."), params={"key": key}
            )
        return key


class RulesForm(forms.Form):
    """The constitution as a document: written here, or uploaded."""

    text = forms.CharField(
        label=_("Constitution"),
        required=False,
        strip=False,
        help_text=_(
            "What you write here goes over what the template says. Leave it as it is to take the template’s rules."
        ),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "mg-code"}),
    )
    document = forms.FileField(
        label=_("Or upload the document"),
        required=False,
        help_text=_("A YAML file. It replaces what is written above."),
    )

    def clean_document(self) -> Any:
        upload = self.cleaned_data["document"]
        if upload and upload.size > LONGEST_DOCUMENT:
            raise ValidationError(_("The file is larger than 512 kilobytes. A constitution is much shorter."))
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("document") and not cleaned.get("text", "").strip() and not self.errors:
            raise ValidationError(_("Write a constitution or upload one."))
        return cleaned

    def source(self) -> bytes:
        """The document in bytes as it came; what is wrong with them is for the constitution's reader to say."""
        upload = self.cleaned_data["document"]
        return upload.read() if upload else self.cleaned_data["text"].replace("\r\n", "\n").encode()
