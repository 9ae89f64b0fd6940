"""What goes wrong in a form, said at the top of the page with a way to each place."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm, BoundField, Field
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .library import component, register


@register.simple_tag(takes_context=True)
def page_errors(context: Context) -> SafeString:
    """The errors of every form on the page, once, before anything else. Layouts use it; pages need not."""
    wrong = list(_forms_with_errors(context))
    for form in wrong:
        form.errors_shown = True  # type: ignore[attr-defined]
    return component("error_summary", errors=[error for form in wrong for error in errors_of(form)]) if wrong else _NONE


@register.simple_tag(takes_context=True)
def error_prefix(context: Context) -> str:
    """ "Error: " before the title of a page whose form has errors, so that it is the first thing heard."""
    wrong = any(_forms_with_errors(context)) or context.get("refusal")
    return _("Error: ") if wrong else ""


@register.simple_tag
def form_errors(*, form: BaseForm) -> SafeString:
    """The errors of one form, unless the page has already shown them."""
    if getattr(form, "errors_shown", False) or not form.errors:
        return _NONE
    return component("error_summary", errors=list(errors_of(form)))


@register.filter
def errors_of(form: BaseForm) -> list[tuple[str, str]]:
    """Each error with the address of the control it is about; an empty address when it is about the whole form."""
    found: list[tuple[str, str]] = []
    for name, errors in form.errors.items():
        if name in form.fields and not form[name].is_hidden:
            found += [(message, f"#{first_control_id(form[name])}") for message in told(form[name])]
        else:
            found += [(str(error), "") for error in errors]
    return found


@register.filter
def told(field: BoundField) -> list[str]:
    """The errors of a field, worded for a person: Django's "This field is required" names no field."""
    plain = Field.default_error_messages["required"]
    return [_what_is_missing(field) if str(error) == str(plain) else str(error) for error in field.errors]


def _what_is_missing(field: BoundField) -> str:
    kind = getattr(field.field.widget, "input_type", "")
    if kind == "checkbox" and not field.use_fieldset:
        words = _("Tick “%s” to go on")
    elif kind == "file":
        words = _("Choose a file for “%s”")
    elif kind in ("radio", "select", "checkbox"):
        words = _("Choose an answer for “%s”")
    else:
        words = _("Fill in “%s”")
    return words % field.label


@register.filter
def first_control_id(field: BoundField) -> str:
    """The id of the control that an error link should lead to: the first box of several."""
    widget = field.field.widget
    if hasattr(widget, "first_id"):
        return widget.first_id(field.auto_id)
    if field.use_fieldset and hasattr(widget, "add_id_index"):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def is_page_heading(field: BoundField) -> bool:
    """Whether the label of this field is the heading of its page."""
    return getattr(field.form, "heading_field", "") == field.name


@register.filter
def prefix_of(attrs: dict[str, Any]) -> str:
    """What stands before the box of a widget, such as "£"."""
    return str(attrs.get("data-prefix", ""))


@register.filter
def is_invalid(attrs: dict[str, Any]) -> bool:
    """Whether Django marked a widget as wrong; its attribute has a hyphen that templates cannot say."""
    return attrs.get("aria-invalid") == "true"


def _forms_with_errors(context: Context) -> Iterator[BaseForm]:
    """Every bound form with errors that the page was given, alone or in a list.

    Asks for the type of a value, not ``isinstance``: that would wake every lazy value of the context.
    """
    seen: set[int] = set()
    values: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    for value in values.values():
        for form in value if type(value) in (list, tuple) else [value]:
            if issubclass(type(form), BaseForm) and id(form) not in seen and form.is_bound and form.errors:
                seen.add(id(form))
                yield form


_NONE = mark_safe("")
