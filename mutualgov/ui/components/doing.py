"""Things to do: buttons, tasks, questions."""

from typing import Any

from django.template import Context
from django.template.context_processors import csrf
from django.utils.safestring import SafeString

from .library import component, one_of, register, stable_id, trimmed

BUTTON_TONES = ("primary", "secondary", "warning")


@register.simple_tag
def button(
    *,
    label: str,
    href: str = "",
    tone: str = "primary",
    name: str = "",
    value: str = "",
    form: str = "",
    small: bool = False,
) -> SafeString:
    """A link that looks like a button, with href; else the button that sends the form it stands in (or ``form``)."""
    one_of(tone, BUTTON_TONES, argument="tone")
    return component("button", label=label, href=href, tone=tone, name=name, value=value, form=form, small=small)


@register.simple_block_tag
def button_row(content: str) -> SafeString:
    """Buttons and links side by side, the main one first."""
    return component("button_row", content=trimmed(content))


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    *,
    label: str,
    url: str,
    tone: str = "primary",
    name: str = "",
    value: str = "",
    small: bool = False,
    hint: str = "",
) -> SafeString:
    """One act in a form of its own. hint: what pressing does, when the label cannot say it all."""
    one_of(tone, BUTTON_TONES, argument="tone")
    return component(
        "post_button",
        csrf_token=_csrf_token(context),
        label=label,
        url=url,
        tone=tone,
        name=name,
        value=value,
        small=small,
        hint=hint,
        key=stable_id("act", url, label),
    )


def _csrf_token(context: Context) -> Any:
    if "csrf_token" in context:
        return context["csrf_token"]
    request = context.get("request")
    return csrf(request)["csrf_token"] if request else ""


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    """What there is to do and how each stands; holds ``task``."""
    return component("task_list", content=trimmed(content))


@register.simple_block_tag
def task(content: str, *, title: str, status: str, tone: str = "grey", href: str = "", due: str = "") -> SafeString:
    """One thing to do. content: a hint, if any; status: in words, with a tone as of ``status``; due: in words."""
    return component(
        "task", content=trimmed(content), title=title, status=status, tone=tone, href=href, due=due,
        key=stable_id("task", title, href),
    )  # fmt: skip


@register.simple_tag
def step(*, number: int, of: int, section: str = "") -> SafeString:
    """Where a person is in a row of question pages: "Question 2 of 5"."""
    return component("step", number=number, of=of, section=section)
