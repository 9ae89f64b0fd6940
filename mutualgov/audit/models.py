"""The chain's entries, its head, and how far each listener has read."""

from typing import ClassVar

from django.db import models

from mutualgov.tenancy.models import TenantModel


class AuditEntry(TenantModel):
    """One fact: the mutual's next number and the hash of the entry before.

    Holds references, never names, so that erasing a person leaves the chain whole.
    """

    append_only: ClassVar[bool] = True

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    rule = models.CharField(max_length=120, blank=True)
    constitution = models.PositiveIntegerField(null=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("mutual", "number"), name="audit_number_once"),
            models.UniqueConstraint(fields=("mutual", "previous_hash"), name="audit_chain_never_forks"),
        ]
        indexes = [
            models.Index(fields=("mutual", "subject"), name="audit_by_subject"),
            models.Index(fields=("mutual", "action", "number"), name="audit_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class AuditHead(TenantModel):
    """The last number and hash given out: the row that is locked, and what shows that the tail was cut off."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("mutual",), name="one_audit_head")]

    def __str__(self) -> str:
        return f"head at {self.number}"


class Bookmark(TenantModel):
    """How far a listener in an upper room has read the chain; moved in the same transaction as what it did."""

    listener = models.CharField(max_length=120)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("mutual", "listener"), name="one_bookmark_per_listener")]

    def __str__(self) -> str:
        return f"{self.listener} at {self.number}"
