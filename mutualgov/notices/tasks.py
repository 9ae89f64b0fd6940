"""Work for the task process. Tasks take ids, may run twice, and call one action."""

from django.db import transaction

from mutualgov.core.clock import now
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in

from .actions import post
from .models import Notice


def post_notice(mutual_id: int, notice_id: int) -> str:
    """Post one notice; returns what became of it."""
    with acting_in(Mutual.objects.get(pk=mutual_id)), transaction.atomic():
        return post(Notice.objects.get(pk=notice_id), at=now()).kind
