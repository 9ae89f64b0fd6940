"""Form fields for what people here write: dates in three boxes, pounds, an order of preference."""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip


class Hinted(str):
    """The label of a choice with a line of explanation under it."""

    hint: str

    def __new__(cls, label: str, *, hint: str) -> "Hinted":
        made = super().__new__(cls, label)
        made.hint = hint
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        return (str(self),), {"hint": self.hint}


class DateParts(forms.MultiWidget):
    """Day, month and year as three boxes; no calendar to fight with."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True
    PARTS = (
        ("day", gettext_lazy("Day"), 2),
        ("month", gettext_lazy("Month"), 2),
        ("year", gettext_lazy("Year"), 4),
    )

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: self._box(width) for part, _label, width in self.PARTS}, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, (_part, label, _width) in zip(context["widget"]["subwidgets"], self.PARTS, strict=True):
            box["label"] = label
            box["attrs"]["id"] = f"{context['widget']['attrs'].get('id', f'id_{name}')}{box['name'].removeprefix(name)}"
        return context

    def first_id(self, auto_id: str) -> str:
        return f"{auto_id}_day"

    def id_for_label(self, id_: str) -> str:
        return ""

    @staticmethod
    def _box(width: int) -> forms.TextInput:
        return forms.TextInput(
            attrs={"inputmode": "numeric", "class": f"nhsuk-date-input__input nhsuk-input--width-{width}"}
        )


class DateField(forms.MultiValueField):
    """A date written as day, month and year. The month may be a word; every error says what is missing or wrong."""

    widget = DateParts

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {}).setdefault("required", _("Enter the date."))
        parts = [forms.CharField(required=False, max_length=12) for _part in DateParts.PARTS]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, values: Sequence[str]) -> date | None:
        words = [(value or "").strip() for value in values]
        if not any(words):
            return None
        missing = [str(label).lower() for (_p, label, _w), word in zip(DateParts.PARTS, words, strict=True) if not word]
        if missing:
            raise ValidationError(_("The date must include a %s.") % _(" and a ").join(missing))
        return self._date(*words)

    def _date(self, day: str, month: str, year: str) -> date:
        if not re.fullmatch(r"[0-9]{4}", year):
            raise ValidationError(_("The year must be four digits, like 2026."))
        try:
            return date(int(year), _month_number(month), int(day))
        except ValueError:
            raise ValidationError(
                _("%(day)s %(month)s %(year)s is not a date in the calendar."),
                params={"day": day, "month": month, "year": year},
            ) from None


def _month_number(text: str) -> int:
    """A month as a number, from "3", "03", "March" or "mar"; raises ValueError."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    word = text.lower()
    if len(word) >= 3:
        for number, month in enumerate(MONTHS, start=1):
            if month.startswith(word):
                return number
    raise ValueError(f"not a month: {text!r}")


class PoundsField(forms.CharField):
    """Money, written in pounds, read as whole pence."""

    def __init__(self, *, at_least: int = 0, at_most: int | None = None, **kwargs: Any) -> None:
        self.at_least, self.at_most = at_least, at_most
        attrs = {"class": "nhsuk-input--width-5", "inputmode": "decimal", "data-prefix": "£"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = re.sub(r"[£,\s]", "", super().clean(value) or "")
        if not text:
            return None
        written = re.fullmatch(r"([0-9]{1,10})(?:\.([0-9]{2}))?", text)
        if not written:
            raise ValidationError(_("Enter an amount in pounds, like 25 or 25.50."))
        pence = int(written[1]) * 100 + int(written[2] or 0)
        if pence < self.at_least:
            raise ValidationError(_("The amount must be £%s or more.") % self.prepare_value(self.at_least))
        if self.at_most is not None and pence > self.at_most:
            raise ValidationError(_("The amount must be £%s or less.") % self.prepare_value(self.at_most))
        return pence


class RankBoxes(forms.Widget):
    """A number box beside each candidate, in the order of the paper; a script adds buttons that move a choice."""

    template_name = "django/forms/widgets/rank.html"
    use_fieldset = True
    choices: Sequence[tuple[Hashable, str]] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {str(key): str(data.get(f"{name}_{key}") or "").strip() for key, _label in self.choices}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{key}" in data for key, _label in self.choices)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        written = self._written(value)
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["lines"] = [
            {
                "name": f"{name}_{key}",
                "id": f"{id_}_{place}",
                "label": label,
                "hint": getattr(label, "hint", ""),
                "value": written.get(str(key), ""),
            }
            for place, (key, label) in enumerate(self.choices)
        ]
        return context

    def first_id(self, auto_id: str) -> str:
        return f"{auto_id}_0"

    def id_for_label(self, id_: str) -> str:
        return ""

    @staticmethod
    def _written(value: Any) -> dict[str, str]:
        """What stands in each box, from the numbers a person wrote or from an order of keys."""
        if isinstance(value, Mapping):
            return {str(key): str(number) for key, number in value.items()}
        return {str(key): str(number) for number, key in enumerate(value or (), start=1)}


class RankField(forms.Field):
    """An order of preference: a number for each choice one wants to rank, 1 for the first.

    choices    (key, label) in the order of the ballot paper
    at_least   how many must be ranked
    at_most    how many may be ranked, or None for all

    The value is a tuple of keys, first preference first.
    """

    widget = RankBoxes

    def __init__(
        self,
        *,
        choices: Iterable[tuple[Hashable, str]],
        at_least: int = 0,
        at_most: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.at_least, self.at_most = at_least, at_most
        super().__init__(required=at_least > 0, **kwargs)
        self.choices = tuple(choices)
        self.widget.choices = self.choices

    def __deepcopy__(self, memo: dict[int, Any]) -> "RankField":
        copy: RankField = super().__deepcopy__(memo)
        copy.widget.choices = self.choices
        return copy

    def clean(self, value: Mapping[str, str]) -> tuple[Hashable, ...]:
        ranked = self._ranked(value)
        self._refuse_doubles_and_gaps(ranked)
        self._refuse_wrong_length(len(ranked))
        return tuple(key for _number, key, _label in sorted(ranked, key=lambda line: line[0]))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return RankBoxes._written(initial) != {key: number for key, number in (data or {}).items() if number}

    def _ranked(self, value: Mapping[str, str]) -> list[tuple[int, Hashable, str]]:
        ranked = []
        for key, label in self.choices:
            text = value.get(str(key), "")
            if not text:
                continue
            if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) == 0:
                raise ValidationError(
                    _("%(label)s: write a whole number, 1 for your first choice, not “%(text)s”."),
                    params={"label": str(label), "text": text},
                )
            ranked.append((int(text), key, str(label)))
        return ranked

    def _refuse_doubles_and_gaps(self, ranked: list[tuple[int, Hashable, str]]) -> None:
        by_number: dict[int, str] = {}
        for number, _key, label in ranked:
            if number in by_number:
                raise ValidationError(
                    _("You gave %(number)s to both %(first)s and %(second)s. Use each number once."),
                    params={"number": number, "first": by_number[number], "second": label},
                )
            by_number[number] = label
        for number in range(1, len(by_number) + 1):
            if number not in by_number:
                raise ValidationError(
                    _("You did not use the number %(number)s. Number your choices 1, 2, 3 without a gap."),
                    params={"number": number},
                )

    def _refuse_wrong_length(self, count: int) -> None:
        if count < self.at_least:
            raise ValidationError(
                _("You ranked %(count)s. Rank at least %(least)s."),
                params={"count": count, "least": self.at_least},
            )
        if self.at_most is not None and count > self.at_most:
            raise ValidationError(
                _("You ranked %(count)s. Rank no more than %(most)s."),
                params={"count": count, "most": self.at_most},
            )
