"""An election and its dates."""

from django.conf import settings
from django.db import models

from mutualgov.tenancy.models import TenantModel
from voting.counting.counting import RULES

from ..ballots import Style
from ..lifecycle import Stage, Step


class Election(TenantModel):
    """A poll for vacant seats of a body.

    Seat, electorate, method, rule of count and options are copied from the constitution in force and frozen, with its
    version, when notice is given; none is read live again. ``box_key`` is the one thing shared with the ballot box.
    ``version`` grows with each change that a page may want to show; casting a vote is none.
    """

    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body_key = models.CharField(max_length=80)
    body_name = models.CharField(max_length=200)
    seat_key = models.CharField(max_length=80)
    seat_name = models.CharField(max_length=200)
    electorate = models.JSONField()  # keys of classes and constituencies
    electorate_name = models.CharField(max_length=300)
    eligible = models.JSONField()  # keys from which candidates may come
    seats = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=20)
    count_rule = models.CharField(max_length=40)
    options = models.JSONField(default=dict)
    rule = models.CharField(max_length=120)
    rule_name = models.CharField(max_length=200)
    close_at = models.CharField(max_length=5)
    constitution_version = models.PositiveIntegerField()
    record_on = models.DateField(null=True)  # the day as of which the roll is taken; known once notice is given
    contact = models.CharField(max_length=300, blank=True)

    stage = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Stage], default=Stage.DRAFT.value)
    version = models.PositiveIntegerField(default=1)
    box_key = models.CharField(max_length=32)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    notice_at = models.DateTimeField(null=True)
    roll_frozen_at = models.DateTimeField(null=True)
    papers_missing_because = models.TextField(blank=True)
    abandoned_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-called_at", "reference")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "reference"), name="election_reference_once"),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="election_has_a_seat"),
            models.CheckConstraint(condition=models.Q(stage__in=[s.value for s in Stage]), name="election_stage_known"),
            models.CheckConstraint(
                condition=models.Q(stage="draft") | models.Q(stage="abandoned") | models.Q(notice_at__isnull=False),
                name="election_has_notice",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def at_stage(self) -> Stage:
        return Stage(self.stage)

    @property
    def count_rule_name(self) -> str:
        return RULES[self.count_rule].name if self.count_rule in RULES else self.count_rule

    @property
    def is_ranked(self) -> bool:
        return self.method in {"stv", "av"}

    def style(self, options: tuple[str, ...]) -> Style:
        """The ballot paper with these options: all may be ranked; crosses are as many as seats, or any number."""
        at_most = self.seats if self.method == "fptp" else len(options)
        return Style(self.seat_key, options, ranked=self.is_ranked, at_most=at_most)


class ElectionDate(TenantModel):
    """One date of an election: what the rule gives, why, and what the returning officer set instead and why."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="dates")
    step = models.CharField(max_length=20, choices=[(s.value, s.label) for s in Step])
    rule_at = models.DateTimeField()
    at = models.DateTimeField()
    explanation = models.TextField()
    reason = models.TextField(blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at",)
        constraints = [
            models.UniqueConstraint(fields=("mutual", "election", "step"), name="election_step_once"),
            models.CheckConstraint(
                condition=models.Q(at=models.F("rule_at")) | ~models.Q(reason=""), name="other_date_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.election_id}"
