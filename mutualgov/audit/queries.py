"""Reading the chain."""

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


def chain_faults() -> list[Fault]:
    """Every altered, missing or reordered entry of the mutual in scope; empty where the chain is whole."""
    head = AuditHead.objects.first()
    return faults(
        AuditEntry.objects.order_by("number").iterator(chunk_size=2000),
        mutual_key=current_mutual().key,
        head_number=head.number if head else 0,
        head_hash=head.hash if head else GENESIS,
    )
