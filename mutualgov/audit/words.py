"""The chain in plain words: each room says once how its facts read.

    says("members.admitted", "Member {subject} was admitted to {class_key} from {effective_on}.")

A sentence may name ``subject`` and anything in the entry's details; where the words depend on what the details are, a
function of them makes it. A fact that nobody has worded reads as its own
name, so that no entry is ever missing from the page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from mutualgov.accounts.models import User

from .models import AuditEntry

Wording = str | Callable[[Mapping[str, str]], str]
_sentences: dict[str, Wording] = {}
NameTeller = Callable[[frozenset[str]], Mapping[str, str]]
_name_tellers: list[NameTeller] = []


def says(action: str, wording: Wording) -> None:
    """Word the facts of one kind. Registered by the room that records them."""
    _sentences[action] = wording


def tells_names(teller: NameTeller) -> NameTeller:
    """Register a function that turns references into what a person calls them; it leaves out what it does not know.

    The chain holds references only: names are put in when a page is made, so an erased person's simply stop appearing.
    """
    _name_tellers.append(teller)
    return teller


def sentence(entry: AuditEntry, *, names: Mapping[str, str] | None = None) -> str:
    """One entry in plain words."""
    names = names or {}
    words = _sentences.get(entry.action)
    if words is None:
        room, _, fact = entry.action.partition(".")
        return f"{room.replace('_', ' ').capitalize()}: {fact.replace('_', ' ')} ({_named(entry.subject, names)})."
    values = {key: _in_words(_reference(key, value), names) for key, value in entry.details.items()}
    known = _Forgiving(values | {"subject": _named(entry.subject, names)})
    return words(known) if callable(words) else Formatter().vformat(words, (), known)


def names_in(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Names for every login and reference that the entries mention, read in a few queries."""
    return names_of(word for entry in entries for word in _mentioned(entry))


def names_of(references: Iterable[str]) -> dict[str, str]:
    """Names for logins and references of any kind; what nobody knows is left out."""
    mentioned = frozenset(references)
    names: dict[str, str] = {}
    for teller in _name_tellers:
        names |= teller(mentioned)
    logins = [word.removeprefix("login:") for word in mentioned if word.startswith("login:")]
    for user in User.objects.filter(pk__in=[pk for pk in logins if pk.isdigit()]):
        names[f"login:{user.pk}"] = str(user)
    return names


def who(entry: AuditEntry, *, names: Mapping[str, str]) -> str:
    """Who did it, for a person: a name, or the part of the platform that did."""
    kind, _, which = entry.by.partition(":")
    if kind == "platform":
        return f"The platform ({which})"
    return names.get(entry.by, entry.by.replace("login:", "Login "))


@dataclass(frozen=True, slots=True)
class EntryInWords:
    """One entry as a page shows it."""

    entry: AuditEntry
    sentence: str
    who: str


def in_words(entries: Iterable[AuditEntry]) -> list[EntryInWords]:
    """Entries with names put in for references."""
    found = list(entries)
    names = names_in(found)
    return [EntryInWords(entry, sentence(entry, names=names), who(entry, names=names)) for entry in found]


class _Forgiving(dict[str, Any]):
    """Leaves a gap in words where an old entry lacks a detail that today's sentence names."""

    def __missing__(self, key: str) -> str:
        return "(not recorded)"


def _mentioned(entry: AuditEntry) -> Iterable[str]:
    yield entry.by
    yield entry.subject
    for key, value in entry.details.items():
        found = _reference(key, value)
        yield from (inner for inner in (found if isinstance(found, list) else [found]) if isinstance(inner, str))


def _reference(key: str, value: Any) -> Any:
    """A detail called ``login`` holds a login's number; everything else is what it is."""
    return f"login:{value}" if key == "login" else value


def _named(reference: str, names: Mapping[str, str]) -> str:
    name = names.get(reference)
    return f"{name} ({reference})" if name and not reference.startswith("login:") else name or reference


def _in_words(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "not set"
    if isinstance(value, list):
        return ", ".join(_in_words(inner, names) for inner in value) or "none"
    text = str(value)
    try:
        return f"{date.fromisoformat(text):%-d %B %Y}" if len(text) == 10 else _named(text, names)
    except ValueError:
        return _named(text, names)
