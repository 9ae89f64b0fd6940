"""Writing facts into the chain, and telling the rooms that listen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from mutualgov.core.clock import uk_date
from mutualgov.tenancy.scope import current_mutual

from . import news
from .chain import GENESIS, entry_hash
from .models import AuditEntry, AuditHead

_version_providers: list[Callable[[date], int | None]] = []


def rests_on(provider: Callable[[date], int | None]) -> None:
    """Have every entry name the constitution version that ``provider`` finds in force on its date.

    The constitution's room calls this once, when the site starts.
    """
    _version_providers[:] = [provider]


def constitution_in_force(on: date) -> int | None:
    """Number of the version that acts of a date rest on; None before the first is adopted."""
    return _version_providers[0](on) if _version_providers else None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, before it has a number."""

    action: str
    subject: models.Model
    rule: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def record(action: str, subject: models.Model, *, by: Any, at: datetime, rule: str = "", **details: Any) -> AuditEntry:
    """Write one fact, in the transaction of the fact itself.

    action   room and verb in the past: "shares.transferred"
    subject  the row it is about; its ``reference`` (else its key) is what is kept
    by       the User who did it, or the name of the part of the platform that did ("clock", "feed")
    details  references and figures only: strings, whole numbers, booleans, None, lists, dictionaries
    """
    return record_many([Fact(action, subject, rule, details)], by=by, at=at)[0]


@transaction.atomic
def record_many(facts: Sequence[Fact], *, by: Any, at: datetime) -> list[AuditEntry]:
    """Write facts in the order given; one lock and one insert for all."""
    if not facts:
        return []
    mutual, version, actor = current_mutual(), constitution_in_force(uk_date(at)), actor_reference(by)
    AuditHead.objects.get_or_create(defaults={"number": 0, "hash": GENESIS}, mutual=mutual)
    head = AuditHead.objects.select_for_update().get()
    entries = []
    for fact in facts:
        entry = AuditEntry(
            number=head.number + 1,
            at=at,
            by=actor,
            action=fact.action,
            subject_kind=fact.subject._meta.label_lower,
            subject=reference_of(fact.subject),
            rule=fact.rule,
            constitution=version,
            details=fact.details,
            previous_hash=head.hash,
        )
        entry.hash = entry_hash(entry, mutual_key=mutual.key)
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries, batch_size=1000)
    head.save(update_fields=("number", "hash"))
    if any(news.has_listener(fact.action) for fact in facts):
        transaction.on_commit(lambda: news.deliver(mutual))
    return entries


def actor_reference(by: Any) -> str:
    """How the chain names who did it: ``login:7`` for a person signed in, ``platform:clock`` for the platform."""
    if isinstance(by, str):
        return f"platform:{by}"
    return f"login:{by.pk}"


def reference_of(subject: models.Model) -> str:
    """What the chain keeps of a row: its reference where it has one, else its primary key."""
    return str(getattr(subject, "reference", "") or subject.pk)
