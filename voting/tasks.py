"""Work by the clock. Each task takes ids, may run twice, and calls one action."""

from django.db import transaction

from mutualgov.core.clock import now
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in

from . import actions
from .models import Election


def follow_clock(mutual_key: str, reference: str) -> str:
    """Open or close voting in one election, if it is time; returns its stage."""
    with acting_in(Mutual.objects.get(key=mutual_key)), transaction.atomic():
        return actions.follow_clock(election=Election.objects.get(reference=reference), at=now()).stage


def reink(mutual_key: str, reference: str) -> None:
    """Once a day while voting is open: write the marks anew, so that their places do not tell who voted when."""
    with acting_in(Mutual.objects.get(key=mutual_key)), transaction.atomic():
        actions.reink(election=Election.objects.get(reference=reference))
