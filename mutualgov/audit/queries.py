"""Reading the chain."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet

from mutualgov.tenancy.scope import current_mutual

from .chain import GENESIS, Fault, faults
from .models import AuditEntry, AuditHead


def entries() -> "QuerySet[AuditEntry]":
    """The mutual's entries, newest first."""
    return AuditEntry.objects.order_by("-number")


def entries_about(reference: str) -> "QuerySet[AuditEntry]":
    """Everything recorded about one subject, oldest first."""
    return AuditEntry.objects.filter(subject=reference).order_by("number")


def chain_length() -> int:
    """How many entries were ever written in the mutual in scope."""
    head = AuditHead.objects.first()
    return head.number if head else 0


def each_fault(*, watch: Callable[[Iterable[AuditEntry]], Iterable[AuditEntry]] = iter) -> Iterator[Fault]:
    """Check the chain of the mutual in scope from end to end, in flat memory.

    watch  wraps the entries as they are read, for a progress bar
    """
    head = AuditHead.objects.first()
    return faults(
        watch(AuditEntry.objects.order_by("number").iterator(chunk_size=2000)),
        mutual_key=current_mutual().key,
        head_number=head.number if head else 0,
        head_hash=head.hash if head else GENESIS,
    )


def chain_faults() -> list[Fault]:
    """Every altered, missing or reordered entry of the mutual in scope; empty where the chain is whole."""
    return list(each_fault())


def filtered_entries(*, action: str = "", kind: str = "", subject: str = "") -> "QuerySet[AuditEntry]":
    """Entries, newest first, of one action, of one kind of subject, about one reference."""
    wanted = {"action": action, "subject_kind": kind, "subject": subject}
    return entries().filter(**{field: value for field, value in wanted.items() if value})


def actions_recorded() -> list[str]:
    """Every action that stands in the chain, by name."""
    return list(AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct())


def kinds_recorded() -> list[str]:
    """Every kind of subject that stands in the chain, by name."""
    return list(AuditEntry.objects.order_by("subject_kind").values_list("subject_kind", flat=True).distinct())
