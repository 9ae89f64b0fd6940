"""What was sent to whom, and the proof; on the embedded default also the post itself."""

from typing import ClassVar

from django.db import models

from mutualgov.core.references import new_reference
from mutualgov.tenancy.models import TenantModel


def notice_reference() -> str:
    return new_reference("N", length=8)


class Notice(TenantModel):
    """One notice to one addressee. The row comes first, the sending second.

    Holds the addressee's reference and the figures that the letter is written from; name and address are looked up when
    it is sent. ``digest`` is the SHA-256 of the text that was written, so that a copy somebody kept can be checked.
    """

    append_only: ClassVar[bool] = True

    reference = models.CharField(max_length=20, default=notice_reference, editable=False)
    to = models.CharField(max_length=80)  # "login:7" or a membership's reference
    template = models.CharField(max_length=80)
    context = models.JSONField(default=dict)
    queued_at = models.DateTimeField()
    queued_by = models.CharField(max_length=80)

    class Meta:
        ordering = ("-queued_at", "-pk")
        constraints = [models.UniqueConstraint(fields=("mutual", "reference"), name="notice_reference_once")]
        indexes = [models.Index(fields=("mutual", "to"), name="notices_by_addressee")]

    def __str__(self) -> str:
        return f"{self.reference} {self.template} to {self.to}"


class NoticeEvent(TenantModel):
    """What became of a notice. Nothing of it is ever changed: a second attempt is a second event."""

    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    channel = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("mutual", "notice"), condition=models.Q(kind="sent"), name="a_notice_is_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.kind}"


class PostRoomLetter(models.Model):
    """Mail of the embedded default, kept here instead of leaving the machine. None exists on a real site.

    Not a tenant's row: sign-in codes are written before any mutual is in sight.
    """

    posted_at = models.DateTimeField()
    to = models.EmailField()
    sender = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    body = models.TextField()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=("to",), name="post_room_by_addressee")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
