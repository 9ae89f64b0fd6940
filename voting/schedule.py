"""Waking the platform at an election's own moments; the clock at the time of an act decides all the same."""

from typing import Any

from django.db import transaction

from mutualgov.tenancy.scope import current_mutual

from .lifecycle import Step
from .models import Election

MOMENTS = (Step.POLL, Step.CLOSE)


def follow_at_its_dates(election: Election) -> None:
    """After the commit, ask the task worker to look at the election when voting opens and when it closes."""
    mutual_key, reference = current_mutual().key, election.reference
    moments = {row.step: row.at for row in election.dates.filter(step__in=MOMENTS)}
    transaction.on_commit(lambda: _schedule(mutual_key, reference, moments))


def _schedule(mutual_key: str, reference: str, moments: dict[str, Any]) -> None:
    from django_q.models import Schedule

    for step, moment in moments.items():
        Schedule.objects.update_or_create(
            name=f"election {reference} {step}",
            defaults={
                "func": "voting.tasks.follow_clock",
                "args": repr((mutual_key, reference)),
                "schedule_type": Schedule.ONCE,
                "next_run": moment,
                "repeats": -1,  # django-q2 deletes a ONCE schedule after it ran, where repeats is negative
            },
        )
