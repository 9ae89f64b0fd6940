"""Entries of the register in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from mutualgov.constitution.rulebook import Rulebook

from .models import RegisterEntry
from .register import Kind

NOTES = {
    Kind.ADMIT: ("CA 2006 s.113(2); CCBSA 2014 s.30(2)", "The day of entry as a member stands in the register."),
    Kind.CEASE: ("CA 2006 s.113(2A); CCBSA 2014 s.30(2)", "The day of ceasing stays for at least ten years."),
    Kind.RECLASS: ("constituencies", "A member votes in the constituency they are in on the record date."),
    Kind.PARTICULARS: ("CA 2006 s.113(6A)", "The old particulars stay, with the day of change and the day of entry."),
    Kind.STRIKE: ("CA 2006 s.125", "A wrong entry is not erased: it stays to be seen and no longer counts."),
}


@dataclass(frozen=True, slots=True)
class EntryInWords:
    """One entry for a person to read. ``counts`` is False once another entry has taken its place."""

    entry: RegisterEntry
    heading: str
    what: str
    rule: str
    why: str
    counts: bool


def entries_in_words(entries: Iterable[RegisterEntry], *, book: Rulebook) -> list[EntryInWords]:
    """Entries of one membership, in the order they were entered."""
    found = list(entries)
    corrected = {entry.corrects_id for entry in found if entry.corrects_id}
    return [
        EntryInWords(
            entry=entry,
            heading=Kind(entry.kind).label,
            what=_what(entry, book),
            rule=NOTES[Kind(entry.kind)][0],
            why=NOTES[Kind(entry.kind)][1],
            counts=entry.pk not in corrected and entry.kind != Kind.STRIKE,
        )
        for entry in found
    ]


def _what(entry: RegisterEntry, book: Rulebook) -> str:
    if entry.kind in (Kind.ADMIT, Kind.RECLASS):
        name = " ".join(filter(None, (entry.particulars.get("given_name"), entry.particulars.get("family_name"))))
        part = book.label(entry.constituency_key) if entry.constituency_key else ""
        return ", ".join(filter(None, (name, part)))
    if entry.kind == Kind.PARTICULARS:
        return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in entry.particulars.items())
    if entry.kind == Kind.STRIKE and entry.corrects:
        return f"“{Kind(entry.corrects.kind).label}” from {entry.corrects.effective_on:%-d %B %Y} no longer counts"
    return entry.reason
