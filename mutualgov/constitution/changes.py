"""What one version says that the other did not, sentence by sentence."""

from dataclasses import dataclass

from .explain import explain
from .rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that reads differently. ``before`` is empty for a new rule, ``now`` for one that is gone."""

    key: str
    heading: str
    before: str
    now: str


def changes(before: Rulebook, now: Rulebook) -> tuple[Change, ...]:
    """Every sentence of the rule book that changed, in the order of the newer, those that are gone at the end."""
    old, new = _sentences(before), _sentences(now)
    changed = [
        Change(key, heading, old.get(key, ("", ""))[1], text)
        for key, (heading, text) in new.items()
        if old.get(key, ("", ""))[1] != text
    ]
    gone = [Change(key, heading, text, "") for key, (heading, text) in old.items() if key not in new]
    return (*changed, *gone)


def _sentences(book: Rulebook) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for section in explain(book):
        for sentence in section.sentences:
            heading, said = found.get(sentence.key, (section.heading, ""))
            found[sentence.key] = (heading, f"{said} {sentence.text}".strip())
    return found
