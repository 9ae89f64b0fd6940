"""The notices there are. Each has a sample, so that all can be read on one page before any is sent.

A notice's words are in ``templates/emails/<key>.txt``: the first line is the subject, the rest after a blank line the
text. They may use the values of the sample, and ``name``, ``mutual`` and ``site``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from mutualgov.tenancy.models import Mutual


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of notice: its key, what it is for, and values as an example."""

    key: str
    label: str
    sample: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice as it is read."""

    subject: str
    text: str


_kinds: dict[str, LetterKind] = {}


def letter_kind(key: str, label: str, *, sample: Mapping[str, Any]) -> LetterKind:
    """Declare a kind of notice. Rooms declare theirs beside the action that sends it."""
    if key in _kinds:
        raise ValueError(f"notice {key} is declared twice")
    _kinds[key] = LetterKind(key, label, sample)
    return _kinds[key]


def letter_kinds() -> tuple[LetterKind, ...]:
    """Every kind of notice, by key."""
    return tuple(_kinds[key] for key in sorted(_kinds))


def kind_of(key: str) -> LetterKind:
    """A kind of notice by its key. Raises LookupError, for a misspelt key is a mistake of ours."""
    if key not in _kinds:
        raise LookupError(f"no notice is called {key!r}; there are {', '.join(sorted(_kinds))}")
    return _kinds[key]


def written(key: str, context: Mapping[str, Any], *, mutual: Mutual, name: str) -> Letter:
    """A notice put into words."""
    values = {**context, "mutual": mutual, "name": name, "site": settings.SITE_ADDRESS}
    first, _, rest = render_to_string(f"emails/{key}.txt", values).strip().partition("\n")
    return Letter(first.strip(), rest.strip() + "\n")


ROLE_GIVEN = letter_kind(
    "role_given",
    "You have been given a role",
    sample={"role": "Returning officer", "period": "from 1 May 2026 until further notice", "email": "rita@example.org"},
)
