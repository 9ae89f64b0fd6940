"""Accounts, entries that balance, certificates. What the database itself refuses is in guards.py.

A holding is never stored: it is the sum of an account's lines up to a date.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mutualgov.core.references import new_reference
from mutualgov.tenancy.models import TenantModel


def new_entry_reference() -> str:
    return new_reference("S")


class Kind(models.TextChoices):
    """What moved the shares, in the words of the register."""

    ALLOT = "ALLOT", "Allotted"
    TRANSFER = "TRANSFER", "Transferred"
    SETTLE = "SETTLE", "Transferred at par on leaving"
    CANCEL = "CANCEL", "Cancelled to reserves"
    REPAY = "REPAY", "Withdrawn and repaid"
    REVERSE = "REVERSE", "Reversed"


class ShareAccount(TenantModel):
    """Where shares of one class lie: with the mutual that issues them, a member, or an outside holder.

    The issuer's account goes below zero by as many shares as are in issue; no other ever does. An outside holder is a
    nominee or a trust that the constitution names (``org.staff_nominee``).
    """

    class_key = models.CharField(max_length=60)
    membership = models.ForeignKey(
        "members.Membership", null=True, on_delete=models.PROTECT, related_name="share_accounts"
    )
    outside_holder = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=True) | Q(outside_holder=""), name="share_account_has_one_holder"
            ),
            models.UniqueConstraint(
                fields=("mutual", "class_key", "membership"),
                condition=Q(membership__isnull=False),
                name="one_share_account_per_member",
            ),
            models.UniqueConstraint(
                fields=("mutual", "class_key", "outside_holder"),
                condition=Q(membership__isnull=True),
                name="one_issuer_and_one_account_per_outsider",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_key}: {self.membership or self.outside_holder or 'issuer'}"

    @property
    def is_issuer(self) -> bool:
        return self.membership_id is None and not self.outside_holder


class ShareEntry(TenantModel):
    """One movement of whole shares of one class; its lines sum to zero. Never edited: ``reverse_entry`` corrects it."""

    append_only: ClassVar[bool] = True

    reference = models.CharField(max_length=20, default=new_entry_reference)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    class_key = models.CharField(max_length=60)
    effective_on = models.DateField()  # the date the register shows
    recorded_at = models.DateTimeField()
    authority = models.CharField(max_length=200)  # minute, resolution, rule
    paid_pence = models.PositiveIntegerField()  # paid, or agreed to be treated as paid, for each share
    line_count = models.PositiveIntegerField()  # how many lines it has: fixed, so that none can be added later
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversals")
    constitution = models.PositiveIntegerField(null=True)  # number of the version it rests on

    class Meta:
        ordering = ("effective_on", "id")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "reference"), name="share_entry_reference_once"),
            models.UniqueConstraint(fields=("mutual", "reverses"), name="share_entry_reversed_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="share_entry_kind_is_known"),
            models.CheckConstraint(condition=Q(line_count__gte=2), name="share_entry_has_two_sides"),
            models.CheckConstraint(
                condition=Q(kind=Kind.REVERSE, reverses__isnull=False)
                | (~Q(kind=Kind.REVERSE) & Q(reverses__isnull=True)),
                name="share_reversal_names_its_entry",
            ),
        ]
        indexes = [models.Index(fields=("mutual", "class_key", "effective_on"), name="share_entry_by_date")]

    def __str__(self) -> str:
        return f"{self.reference} {self.kind.lower()} {self.class_key}"


class ShareLine(TenantModel):
    """Whole shares into (+) or out of (-) one account, as part of an entry."""

    append_only: ClassVar[bool] = True

    entry = models.ForeignKey(ShareEntry, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()  # 1 to the entry's line_count
    account = models.ForeignKey(ShareAccount, on_delete=models.PROTECT, related_name="lines")
    units = models.IntegerField()

    class Meta:
        ordering = ("entry_id", "position")
        constraints = [
            models.CheckConstraint(condition=~Q(units=0), name="share_line_moves_something"),
            models.CheckConstraint(condition=Q(position__gte=1), name="share_line_position_from_one"),
            models.UniqueConstraint(fields=("mutual", "entry", "position"), name="share_line_position_once"),
            models.UniqueConstraint(fields=("mutual", "entry", "account"), name="share_line_account_once"),
        ]

    def __str__(self) -> str:
        return f"{self.units:+} {self.account}"


class Certificate(TenantModel):
    """Evidence of shares held; numbers rise by one in each class and none is ever used again."""

    append_only: ClassVar[bool] = True

    class_key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    account = models.ForeignKey(ShareAccount, on_delete=models.PROTECT, related_name="certificates")
    units = models.PositiveIntegerField()
    entry = models.ForeignKey(ShareEntry, on_delete=models.PROTECT, related_name="certificates")

    class Meta:
        ordering = ("class_key", "number")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "class_key", "number"), name="certificate_number_once"),
            models.CheckConstraint(condition=Q(units__gte=1, number__gte=1), name="certificate_is_for_shares"),
        ]

    def __str__(self) -> str:
        return f"{self.class_key} certificate {self.number}"


class CertificateEnd(TenantModel):
    """A certificate made void by an entry: its shares moved, or the entry that issued it was reversed."""

    append_only: ClassVar[bool] = True

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="ends")
    entry = models.ForeignKey(ShareEntry, on_delete=models.PROTECT, related_name="ended_certificates")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("mutual", "certificate"), name="certificate_ends_once")]

    def __str__(self) -> str:
        return f"{self.certificate} void"
