"""The register of members: memberships, and the entries that are written into it once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mutualgov.core.references import new_reference
from mutualgov.tenancy.models import TenantModel

from ..register import Kind
from .people import Person


def membership_reference() -> str:
    return new_reference("M", length=7)


class RegisterHead(TenantModel):
    """The register's lock: whoever writes holds it. Gives out membership numbers; ``version`` counts the writings."""

    last_number = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("mutual",), name="one_register_head")]

    def __str__(self) -> str:
        return f"register at {self.version}"


class Membership(TenantModel):
    """One person's membership of one class, from joining to ceasing. Joining again is another, with another number.

    ``joined_on`` and ``ceased_on`` (the first day the person no longer belongs) repeat what the entries now say, so
    that the database can refuse two memberships of a class at once (guards.py).
    """

    reference = models.CharField(max_length=12, default=membership_reference, editable=False)
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    class_key = models.CharField(max_length=60)
    joined_on = models.DateField()
    ceased_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("mutual", "reference"), name="membership_reference_once"),
            models.UniqueConstraint(fields=("mutual", "number"), name="membership_number_once"),
            models.CheckConstraint(
                condition=Q(ceased_on__isnull=True) | Q(ceased_on__gte=F("joined_on")),
                name="membership_ceases_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} (number {self.number})"


class RegisterEntry(TenantModel):
    """One line written into the register; never altered. A wrong one is corrected by another that names it."""

    append_only: ClassVar[bool] = True

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in Kind])
    constituency_key = models.CharField(max_length=60, blank=True)
    particulars = models.JSONField(default=dict, blank=True)
    effective_on = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    authority = models.CharField(max_length=200)
    reason = models.CharField(max_length=200, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "register entries"
        constraints = [
            models.UniqueConstraint(
                fields=("mutual", "corrects"), condition=Q(corrects__isnull=False), name="an_entry_is_corrected_once"
            ),
            models.UniqueConstraint(
                fields=("mutual", "membership"),
                condition=Q(kind=Kind.ADMIT.value, corrects__isnull=True),
                name="a_membership_begins_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="entry_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.STRIKE.value) | Q(corrects__isnull=False), name="a_strike_names_its_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.membership_id} from {self.effective_on}"
