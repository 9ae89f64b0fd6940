"""The feed of one election: it says that something moved and never what."""

from mutualgov.realtime.consumers import MutualConsumer
from mutualgov.realtime.groups import group
from mutualgov.tenancy.models import Mutual

from . import queries
from .permissions import SEE_ELECTION


class ElectionFeed(MutualConsumer):
    """Sends {"event": "election.changed", "version": int} and no ballot data: the page asks again over HTTP."""

    access = SEE_ELECTION

    def feeds(self, mutual: Mutual) -> list[str]:
        election = queries.election(self.kwargs["reference"])
        return [group(mutual, "election", election.reference)]
