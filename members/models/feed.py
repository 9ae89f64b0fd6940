"""What the staff feed keeps: assignments as last told, batches proposed and approved, who is still to be admitted."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from mutualgov.core.references import new_reference
from mutualgov.tenancy.models import TenantModel

from .people import Person
from .register import Membership


def batch_reference() -> str:
    return new_reference("FB")


def admission_reference() -> str:
    return new_reference("AD")


class Assignment(TenantModel):
    """One post of one person, as the last approved feed told it. Numbers are re-used: the start is part of the key."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    number = models.CharField(max_length=40)
    started_on = models.DateField()
    organisation = models.CharField(max_length=200, blank=True)
    department = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=200, blank=True)
    staff_group = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=60, blank=True)
    is_primary = models.BooleanField(default=False)
    fte_thousandths = models.PositiveIntegerField(default=1000)
    continuous_from = models.DateField(null=True, blank=True)
    fixed_until = models.DateField(null=True, blank=True)
    last_day_on = models.DateField(null=True, blank=True)
    leaving_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("person", "started_on", "number")
        constraints = [
            models.UniqueConstraint(fields=("mutual", "person", "number", "started_on"), name="assignment_once")
        ]

    def __str__(self) -> str:
        return f"assignment {self.number} from {self.started_on}"


class Stage(StrEnum):
    """How far a batch has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    DISCARDED = "discarded"
    REPLACED = "replaced"  # the file was compared again, or a newer one came before this was approved


class FeedBatch(TenantModel):
    """A staff file compared with the register: what would happen, until somebody approves it.

    The file itself is kept only while the batch waits, so that it can be compared again.
    """

    reference = models.CharField(max_length=12, default=batch_reference, editable=False)
    stage = models.CharField(max_length=12, default=Stage.PROPOSED.value)
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    columns = models.JSONField(default=list)  # [{"header", "field", "sure"}] in the file's order
    answers = models.JSONField(default=dict)  # what a person decided, by question
    seen = models.JSONField(
        default=list
    )  # people about whom nothing is proposed, and their posts; emptied when settled
    notes = models.JSONField(default=list)  # what the reader has to say about the file as a whole
    effective_on = models.DateField()
    rows = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    alarm = models.TextField(blank=True)  # why this file looks wrong; approving it then needs a reason
    alarm_reason = models.CharField(max_length=200, blank=True)
    register_version = models.PositiveIntegerField()
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-proposed_at", "-pk")
        verbose_name_plural = "feed batches"
        constraints = [
            models.UniqueConstraint(fields=("mutual", "reference"), name="batch_reference_once"),
            models.UniqueConstraint(
                fields=("mutual",), condition=Q(stage=Stage.PROPOSED.value), name="one_batch_waits_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]), name="batch_stage_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.filename}"


class LineKind(StrEnum):
    """What a line of a batch says about one person, or about one row."""

    JOIN = "join"
    INVITE = "invite"
    SCHEDULE = "schedule"  # joins on a later day
    LEAVE = "leave"
    CHANGE = "change"
    MISSING = "missing"
    CONFLICT = "conflict"  # held back: a question for a person, or for payroll
    WARNING = "warning"
    OUTSIDE = "outside"  # works here, and the constitution gives no membership
    IGNORED = "ignored"  # rows that are not about anybody


class FeedLine(TenantModel):
    """One proposal of a batch: the row it came from, a sentence for a person, and what approving it would write.

    ``data`` is emptied when the batch is settled; the sentence stays.
    """

    batch = models.ForeignKey(FeedBatch, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    row_number = models.PositiveIntegerField(null=True, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=60, blank=True)
    sentence = models.TextField()
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("mutual", "batch", "position"), name="line_position_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in LineKind]), name="line_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.sentence}"


class FeedWord(TenantModel):
    """What a word of this mutual's feed means here: a column's heading, a staff group."""

    what = models.CharField(max_length=12)  # "column" or "group"
    said = models.CharField(max_length=120)
    meant = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("mutual", "what", "said"), name="a_feed_word_means_one_thing")]

    def __str__(self) -> str:
        return f"{self.what} {self.said} = {self.meant}"


class AdmissionDue(TenantModel):
    """Somebody to admit: a starter whose day has not come, or somebody invited who has not yet said yes."""

    reference = models.CharField(max_length=12, default=admission_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="admissions_due")
    class_key = models.CharField(max_length=60)
    constituency_key = models.CharField(max_length=60, blank=True)
    invited = models.BooleanField(default=False)
    due_on = models.DateField()
    batch = models.ForeignKey(FeedBatch, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name_plural = "admissions due"
        constraints = [
            models.UniqueConstraint(fields=("mutual", "reference"), name="admission_reference_once"),
            models.UniqueConstraint(
                fields=("mutual", "person", "class_key"),
                condition=Q(settled_at__isnull=True),
                name="one_admission_due_per_class",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} due {self.due_on}"


class OptOut(TenantModel):
    """Somebody said no to membership of a class: kept for good, so that no feed enrols them again."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="opt_outs")
    class_key = models.CharField(max_length=60)
    said_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("mutual", "person", "class_key"),
                condition=Q(withdrawn_on__isnull=True),
                name="one_opt_out_per_class",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} not in {self.class_key}"
