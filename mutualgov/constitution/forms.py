"""A new version as somebody types it in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

READ_AS = ("%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")


class NewVersionForm(forms.Form):
    """The text of a constitution and the day from which it holds."""

    text = forms.CharField(
        label=_("The constitution"),
        help_text=_("In YAML, whole. It is checked before anything is put on record."),
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "mg-code"}),
        error_messages={"required": _("Enter the constitution.")},
    )
    adopted_on = forms.DateField(
        label=_("In force from"),
        help_text=_("For example, 1 5 2026"),
        input_formats=READ_AS,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter the day from which it holds."),
            "invalid": _("The day must be a real date, such as 1 5 2026."),
        },
    )

    def clean_text(self) -> Any:
        return self.cleaned_data["text"].replace("\r\n", "\n")
