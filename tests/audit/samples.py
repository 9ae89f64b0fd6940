"""The chain is there from the founding; a bookmark shows that somebody has read it."""

from mutualgov.audit import news
from mutualgov.tenancy.models import Mutual


def samples(mutual: Mutual) -> dict[str, dict[str, str]]:
    news.deliver(mutual)
    return {"office:audit-entry": {"number": "1"}}
