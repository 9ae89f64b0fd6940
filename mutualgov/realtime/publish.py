"""Telling open pages that something moved, after the commit, and never what."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from mutualgov.tenancy.scope import current_mutual

from .groups import group


def publish(kind: str, reference: str, *, event: str, version: int) -> None:
    """After the commit, tell every page that follows a thing that it moved.

    kind, reference  the group, as in ``groups.group``
    event            "election.changed"; the consumer's handler is the same with an underscore
    version          a number that grows with each change; the page asks again when it is newer than its own
    """
    name = group(current_mutual(), kind, reference)
    message = {"type": event, "version": version}
    transaction.on_commit(lambda: async_to_sync(get_channel_layer().group_send)(name, message), robust=True)
