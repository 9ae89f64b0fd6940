"""Ending a membership, on a day past or still to come."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mutualgov.audit.actions import record
from mutualgov.core.clock import uk_date

from .. import queries, rules
from ..models import Membership, OptOut, RegisterEntry
from ..register import Kind, in_force
from .entries import write
from .logins import close_the_door


@transaction.atomic
def cease_membership(
    *, membership: Membership, effective_on: date, reason: str, by: Any, at: datetime, authority: str = ""
) -> RegisterEntry:
    """End a membership.

    effective_on  the first day the person no longer belongs; may be past or still to come
    reason        why, in a few words: "left employment", "resigned", "died"

    A date still to come may be replaced by another; one that has passed is put right by ``correct_entry``. The login
    loses the role of member when no other membership runs. Raises EntryRefused.
    """
    today = uk_date(at)
    ahead = _cease_ahead(membership, today=today)
    entry = write(
        membership,
        Kind.CEASE,
        effective_on=effective_on,
        authority=authority or reason,
        reason=reason,
        corrects=ahead,
        by=by,
        at=at,
    )
    record(
        "members.ceased",
        membership,
        by=by,
        at=at,
        rule=rules.CA_113,
        membership=membership.reference,
        **{"class": membership.class_key},
        effective_on=effective_on.isoformat(),
        entered_on=today.isoformat(),
        backdated=effective_on < today,
        replaces=bool(ahead),
    )
    close_the_door(membership, by=by, at=at)
    return entry


@transaction.atomic
def record_opt_out(*, membership: Membership, said_on: date, by: Any, at: datetime) -> OptOut:
    """Somebody says no to membership: it ends on that day, and no later staff file enrols them again.

    Source: National Health Service Act 2006, Sch. 7 para. 6: automatic members may say that they do not wish to be.
    """
    said, _ = OptOut.objects.get_or_create(
        person=membership.person,
        class_key=membership.class_key,
        withdrawn_on=None,
        defaults={"said_on": said_on},
    )
    if membership.ceased_on is None or membership.ceased_on > said_on:
        ends_on = max(said_on, membership.joined_on)
        cease_membership(membership=membership, effective_on=ends_on, reason="opted out", by=by, at=at)
    record("members.opted_out", membership, by=by, at=at, **{"class": membership.class_key})
    return said


def _cease_ahead(membership: Membership, *, today: date) -> RegisterEntry | None:
    """An entry that ends the membership on a day still to come."""
    for entry in in_force(queries.entries_of(membership)):
        if entry.kind is Kind.CEASE and entry.effective_on > today:
            return RegisterEntry.objects.get(pk=entry.key)
    return None
