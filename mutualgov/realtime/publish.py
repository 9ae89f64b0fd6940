"""Telling open pages that something moved, after the commit, and never what."""

from functools import partial

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

from mutualgov.tenancy.scope import current_mutual

from .groups import group
from .hub import poke_hubs
from .models import FeedRow

KEPT = 1000  # rows; every process has read them within a second


def publish(kind: str, reference: str, *, event: str, version: int) -> None:
    """After the commit, tell every page that follows a thing that it moved.

    kind, reference  the group, as in ``groups.group``
    event            "election.changed"
    version          a number that grows with each change; the page asks again when it is newer than its own
    """
    topic = group(current_mutual(), kind, reference)
    if settings.REDIS_URL:
        news: dict[str, str | int] = {"type": "news", "topic": topic, "event": event, "version": version}
        transaction.on_commit(partial(_send, topic, news), robust=True)
    else:
        row = FeedRow.objects.create(topic=topic, event=event, version=version)
        if row.pk % KEPT == 0:
            FeedRow.objects.filter(pk__lte=row.pk - KEPT).delete()
        transaction.on_commit(poke_hubs, robust=True)


def _send(topic: str, news: dict[str, str | int]) -> None:
    async_to_sync(get_channel_layer().group_send)(topic, news)
