"""News between processes where there is no Valkey or Redis to carry it."""

from django.db import models


class FeedRow(models.Model):
    """That something moved, and never what. Written with the change itself, read by every process that has sockets.

    Not a tenant's row: one listener per process reads for the sockets of all mutuals. The topic names the mutual, and
    a socket is told of its own topics only. Old rows are thrown away.
    """

    topic = models.CharField(max_length=120)
    event = models.CharField(max_length=80)
    version = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.topic} {self.event} {self.version}"
