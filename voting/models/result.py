"""Counts, lots and the declaration: written once, never edited; superseded by the next."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from mutualgov.tenancy.models import TenantModel

from ..tally import OpenTie
from .election import Election


class Count(TenantModel):
    """One run of the count over the sealed box, with every stage.

    sheet   the count as ``voting.counting`` gives it, stage by stage
    elected option ids in the order of election; empty while a lot is needed
    tie     what the count stopped at, or None
    lots    numbers of the lots it used
    """

    append_only: ClassVar[bool] = True

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="counts")
    number = models.PositiveIntegerField()
    sheet = models.JSONField()
    elected = models.JSONField(default=list)
    tie = models.JSONField(null=True)
    lots = models.JSONField(default=list)
    marks = models.JSONField()  # per channel
    ballots = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()
    rejected = models.JSONField()  # per ground
    ballots_hash = models.CharField(max_length=64)
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("mutual", "election", "number"), name="count_number_once")]

    def __str__(self) -> str:
        return f"count {self.number}"

    @property
    def stopped_at(self) -> OpenTie | None:
        """The tie that stopped this count; None for a complete one."""
        return OpenTie(**self.tie) if self.tie else None

    @property
    def rejected_papers(self) -> int:
        return sum(self.rejected.values())


class Lot(TenantModel):
    """A lot drawn by the returning officer: between whom, on whom it fell, how it was drawn."""

    append_only: ClassVar[bool] = True

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="lots")
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=80)
    among = models.JSONField()
    drawn = models.JSONField()
    how = models.TextField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("mutual", "election", "number"), name="lot_number_once"),
            models.UniqueConstraint(fields=("mutual", "election", "event"), name="one_lot_for_a_tie"),
        ]

    def __str__(self) -> str:
        return f"lot {self.number}"


class Declaration(TenantModel):
    """The result as the returning officer declared it.

    elected  membership references in the order of election
    """

    append_only: ClassVar[bool] = True

    election = models.OneToOneField(Election, on_delete=models.PROTECT, related_name="declaration")
    count = models.ForeignKey(Count, null=True, on_delete=models.PROTECT, related_name="+")
    elected = models.JSONField()
    unfilled = models.PositiveSmallIntegerField()
    uncontested = models.BooleanField()
    voters = models.PositiveIntegerField(null=True)
    voted = models.PositiveIntegerField(null=True)
    declared_on = models.DateField()
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    @property
    def turnout(self) -> str:
        """Who voted of those on the roll, to a tenth of a percent, rounded half up: "38.9%"; empty without a vote."""
        if not self.voters or self.voted is None:
            return ""
        tenths = (self.voted * 2000 + self.voters) // (2 * self.voters)
        return f"{tenths // 10}.{tenths % 10}%"

    def __str__(self) -> str:
        return f"declaration of {self.election_id}"
