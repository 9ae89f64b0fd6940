"""Work by the clock. Each task takes ids, may run twice, and calls one action."""

from django.db import transaction

from mutualgov.core.clock import now
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in

from . import actions
from .lifecycle import Stage
from .models import Election


def follow_clock(mutual_key: str, reference: str) -> str:
    """Open or close voting in one election, if it is time; returns its stage."""
    with acting_in(Mutual.objects.get(key=mutual_key)), transaction.atomic():
        return actions.follow_clock(election=Election.objects.get(reference=reference), at=now()).stage


def reink_everywhere() -> int:
    """Once a day: write the marks of every running election anew. Returns how many elections there were."""
    done = 0
    for mutual in Mutual.objects.all():
        with acting_in(mutual), transaction.atomic():
            for election in Election.objects.filter(stage=Stage.OPEN):
                actions.reink(election=election)
                done += 1
    return done
