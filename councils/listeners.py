"""What this room does when others have news."""

from datetime import date

from members.queries import membership
from mutualgov.audit.models import AuditEntry
from mutualgov.audit.news import listens_to

from .actions import lapse_terms, seat_elected, sync_seats


@listens_to("constitution.adopted")
def seats_follow_the_constitution(fact: AuditEntry) -> None:
    """A version is adopted: its seats are made."""
    sync_seats(on=date.fromisoformat(fact.details["adopted_on"]), by="councils", at=fact.at)


@listens_to("voting.election_declared")
def those_elected_take_their_seats(fact: AuditEntry) -> None:
    """A result is declared: those elected sit, from when and until when the constitution says."""
    seat_elected(
        body_key=fact.details["body"],
        seat_key=fact.details["seat"],
        elected=fact.details["elected"],
        declared_on=date.fromisoformat(fact.details["declared_on"]),
        source=fact.subject,
        by="councils",
        at=fact.at,
    )


@listens_to("members.ceased", "members.reclassified")
def seats_lapse_with_what_they_rest_on(fact: AuditEntry) -> None:
    """Somebody left or moved: seats that rested on it end that day."""
    lapse_terms(
        membership=membership(fact.details["membership"]),
        on=date.fromisoformat(fact.details["effective_on"]),
        by="councils",
        at=fact.at,
    )
