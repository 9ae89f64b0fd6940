"""How a membership's entries are read: as it stood on a date, as it was known at a moment. Plain Python.

Two times run through every entry. ``effective_on`` is when it is true of the world, ``entered_at`` when the register
learnt of it. A correcting entry takes the place of the one it names from the moment it was entered; before that moment
the register still reads as it did.

Periods are half-open: a membership that ceased on 1 April counts on 31 March and no longer on 1 April.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What an entry does."""

    ADMIT = "admit"
    CEASE = "cease"
    RECLASS = "reclass"  # another constituency of the same class
    PARTICULARS = "particulars"  # name or service address
    STRIKE = "strike"  # the entry it corrects should not have been made

    @property
    def label(self) -> str:
        return {
            Kind.ADMIT: "Admitted",
            Kind.CEASE: "Ceased",
            Kind.RECLASS: "Moved constituency",
            Kind.PARTICULARS: "Particulars changed",
            Kind.STRIKE: "Entry struck out",
        }[self]


# What comes first among entries that take effect on one day: nobody ceases before joining.
ORDER = {Kind.ADMIT: 0, Kind.RECLASS: 1, Kind.PARTICULARS: 1, Kind.CEASE: 2, Kind.STRIKE: 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as plain values. ``key`` grows in the order of writing; ``corrects`` is another's key."""

    key: int
    kind: Kind
    effective_on: date
    entered_at: datetime
    constituency_key: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict)
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a membership stands: since when, until when (None: it goes on), in which constituency, under which name."""

    joined_on: date
    entered_at: datetime
    ceased_on: date | None
    constituency_key: str
    particulars: Mapping[str, str]


def in_force(entries: Iterable[Entry], *, known_at: datetime | None = None) -> list[Entry]:
    """Entries that were known and not corrected at a moment, in the order they take effect."""
    known = [entry for entry in entries if known_at is None or entry.entered_at <= known_at]
    corrected = {entry.corrects for entry in known if entry.corrects is not None}
    live = [entry for entry in known if entry.key not in corrected and entry.kind is not Kind.STRIKE]
    return sorted(live, key=lambda entry: (entry.effective_on, ORDER[entry.kind], entry.key))


def standing(entries: Iterable[Entry], *, on: date | None = None, known_at: datetime | None = None) -> Standing | None:
    """How a membership stood on a date as known at a moment; None where it had not begun.

    on        None reads to the end: what is entered for a later date counts too
    known_at  None is everything known
    """
    found: Standing | None = None
    for entry in in_force(entries, known_at=known_at):
        if on is not None and entry.effective_on > on:
            break
        if entry.kind is Kind.ADMIT:
            found = Standing(entry.effective_on, entry.entered_at, None, entry.constituency_key, entry.particulars)
        elif found is None:
            continue
        elif entry.kind is Kind.CEASE:
            found = replace(found, ceased_on=entry.effective_on)
        elif entry.kind is Kind.RECLASS:
            found = replace(found, constituency_key=entry.constituency_key)
        else:
            found = replace(found, particulars={**found.particulars, **entry.particulars})
    return found
