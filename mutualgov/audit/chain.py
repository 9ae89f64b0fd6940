"""How entries are hashed and how a chain is checked. Plain values in, plain values out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from mutualgov.core.canonical import canonical_json, sha256_hex

GENESIS = "0" * 64


class Link(Protocol):
    """What is hashed of an entry."""

    number: int
    at: datetime
    by: str
    action: str
    subject_kind: str
    subject: str
    rule: str
    constitution: int | None
    details: dict[str, Any]
    previous_hash: str
    hash: str


def entry_hash(entry: Link, *, mutual_key: str) -> str:
    """SHA-256 over the canonical JSON of everything the entry says, the mutual and the entry before included."""
    return sha256_hex(
        canonical_json(
            {
                "mutual": mutual_key,
                "number": entry.number,
                "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "by": entry.by,
                "action": entry.action,
                "subject": [entry.subject_kind, entry.subject],
                "rule": entry.rule,
                "constitution": entry.constitution,
                "details": entry.details,
                "previous": entry.previous_hash,
            }
        )
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain is broken, in words for a person."""

    number: int
    what: str


def faults(entries: Iterable[Link], *, mutual_key: str, head_number: int, head_hash: str) -> Iterator[Fault]:
    """Every altered, missing, reordered or added entry, as it is met; nothing where the chain is whole.

    entries      in order of number, as stored; read once, none is kept
    head_number  the last number given out
    head_hash    its hash
    """
    expected, previous = 1, GENESIS
    for entry in entries:
        if entry.number != expected:
            yield Fault(expected, _gap(expected, entry.number))
        elif entry.previous_hash != previous:
            yield Fault(entry.number, f"Entry {entry.number} does not follow from entry {entry.number - 1}.")
        if entry_hash(entry, mutual_key=mutual_key) != entry.hash:
            yield Fault(entry.number, f"Entry {entry.number} has been altered since it was written.")
        expected, previous = entry.number + 1, entry.hash
    if expected - 1 != head_number:
        yield Fault(expected, f"The chain ends at entry {expected - 1}; {head_number} were written.")
    elif previous != head_hash:
        yield Fault(head_number, f"Entry {head_number} is not the one that was written last.")


def _gap(expected: int, found: int) -> str:
    if found == expected + 1:
        return f"Entry {expected} is missing."
    if found > expected:
        return f"Entries {expected} to {found - 1} are missing."
    return f"Entry {found} stands where entry {expected} should be."
