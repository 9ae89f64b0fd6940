"""Waking the platform at an election's own moments; the clock at the time of an act decides all the same."""

from datetime import datetime, timedelta
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


def reink_daily(election: Election, *, from_at: datetime) -> None:
    """After the commit, have the marks written anew every day while voting is open."""
    mutual_key, reference = current_mutual().key, election.reference
    transaction.on_commit(lambda: _daily(mutual_key, reference, from_at + timedelta(days=1)))


def stop_reinking(election: Election) -> None:
    """After the commit, end the daily writing: the close has done it for good."""
    name = _reinking(election.reference)
    transaction.on_commit(lambda: _forget(name))


def _daily(mutual_key: str, reference: str, next_run: datetime) -> None:
    from django_q.models import Schedule

    Schedule.objects.update_or_create(
        name=_reinking(reference),
        defaults={
            "func": "voting.tasks.reink",
            "args": repr((mutual_key, reference)),
            "schedule_type": Schedule.DAILY,
            "next_run": next_run,
            "repeats": -1,
        },
    )


def _forget(name: str) -> None:
    from django_q.models import Schedule

    Schedule.objects.filter(name=name).delete()


def _reinking(reference: str) -> str:
    return f"election {reference} reink"


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
