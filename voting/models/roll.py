"""The roll: who may vote, and that they have voted. Never when within the day, and nothing that leads to a ballot."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from mutualgov.tenancy.models import TenantModel

from .election import Election


class RollEntry(TenantModel):
    """One voter of one election, as of the record date. The number is printed on the voter's envelope."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="roll")
    member_ref = models.CharField(max_length=20)
    voter_number = models.CharField(max_length=20)
    style = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("mutual", "election", "member_ref"), name="on_the_roll_once"),
            models.UniqueConstraint(fields=("mutual", "election", "voter_number"), name="voter_number_once"),
        ]

    def __str__(self) -> str:
        return self.voter_number


class Mark(TenantModel):
    """That a voter has voted: by which channel, on which day. The channel marked first wins.

    ``request_hash`` lets the same submission finish after an interruption; it does not lead to the ballot. Rows are
    written anew in the order of their keys every day and at the close, so that their place and transaction mean
    nothing (roll.reink).
    """

    class Channel(models.TextChoices):
        WEB = "web", "On the site"
        PAPER = "paper", "On paper"

    roll_entry = models.OneToOneField(RollEntry, primary_key=True, on_delete=models.PROTECT, related_name="mark")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    request_hash = models.CharField(max_length=64, blank=True)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.channel} on {self.day}"


class PaperBatch(TenantModel):
    """A pile of papers keyed twice by two people. What they say lies in the box; here is who keyed how many."""

    class State(models.TextChoices):
        KEYED = "keyed", "Waits for its second copy"
        CONFIRMED = "confirmed", "In the ballot box"
        DISCARDED = "discarded", "Discarded"

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="batches")
    reference = models.CharField(max_length=20)
    papers = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.KEYED)
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    keyed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    discarded_because = models.TextField(blank=True)

    class Meta:
        ordering = ("keyed_at", "reference")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "election", "reference"), name="paper_batch_reference_once"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("keyed_by")),
                name="batch_keyed_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
