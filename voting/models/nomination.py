"""Nominations: a form, a decision, a place on the ballot paper."""

from django.conf import settings
from django.db import models

from mutualgov.tenancy.models import TenantModel

from .election import Election


class Nomination(TenantModel):
    """One member's form to stand. A rejected or withdrawn one stays; so does its reason."""

    class State(models.TextChoices):
        UNDECIDED = "undecided", "Waiting for a decision"
        STANDS = "stands", "Stands"
        REJECTED = "rejected", "Rejected"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Channel(models.TextChoices):
        WEB = "web", "On the site"
        PAPER = "paper", "On paper"

    reference = models.CharField(max_length=20)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="nominations")
    member_ref = models.CharField(max_length=20)
    name = models.CharField(max_length=150)  # as it is to stand on the ballot paper
    sort_name = models.CharField(max_length=150)
    address = models.TextField(blank=True)
    interests = models.TextField(blank=True)
    no_interests = models.BooleanField(default=False)
    declares_eligible = models.BooleanField(default=False)
    signed = models.BooleanField(default=False)
    statement = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    state = models.CharField(max_length=12, choices=State.choices, default=State.UNDECIDED)
    grounds = models.JSONField(default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    number = models.PositiveSmallIntegerField(null=True)  # place on the ballot paper, once nominations are closed

    class Meta:
        ordering = ("sort_name", "name", "reference")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "reference"), name="nomination_reference_once"),
            models.UniqueConstraint(
                fields=("mutual", "election", "member_ref"),
                condition=models.Q(state__in=("undecided", "stands")),
                name="one_live_nomination_each",
            ),
            models.UniqueConstraint(
                fields=("mutual", "election", "number"),
                condition=models.Q(number__isnull=False),
                name="ballot_place_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="rejected") | ~models.Q(grounds=[]), name="rejection_has_a_ground"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def option(self) -> str:
        """The candidate's id on ballots: ``c3``."""
        return f"c{self.number}"
