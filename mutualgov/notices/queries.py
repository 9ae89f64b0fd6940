"""Reading the proof of sending."""

from django.db.models import OuterRef, QuerySet, Subquery

from .models import Notice, NoticeEvent, PostRoomLetter


def notices() -> "QuerySet[Notice]":
    """The mutual's notices, the latest first, each with what became of it last: ``outcome``, ``outcome_at``, …"""
    last = NoticeEvent.objects.filter(notice=OuterRef("pk")).order_by("-pk")
    return Notice.objects.annotate(
        outcome=Subquery(last.values("kind")[:1]),
        outcome_at=Subquery(last.values("at")[:1]),
        subject=Subquery(last.values("subject")[:1]),
        reason=Subquery(last.values("reason")[:1]),
    ).order_by("-queued_at", "-pk")


def post_room(*, to: str = "") -> "QuerySet[PostRoomLetter]":
    """Letters in the post room, the latest first, of one address or of all."""
    letters = PostRoomLetter.objects.order_by("-pk")
    return letters.filter(to__iexact=to.strip()) if to.strip() else letters
