"""What every verb does first and last: lock, look for obstacles, move the stage, tell open pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from members.queries import memberships_of
from mutualgov.accounts.models import User
from mutualgov.core.clock import uk_date
from mutualgov.core.rulings import Refusal, Ruling
from mutualgov.realtime.publish import publish

from .. import rules
from ..lifecycle import MOVES, Obstacle, Stage, Verb, obstacles_to
from ..models import Election
from ..queries import facts_of


class ElectionRefused(Refusal):
    """The election does not allow this now. ``obstacles`` holds every reason."""

    def __init__(self, why: Ruling | str | Sequence[Obstacle], *, rule: str = "") -> None:
        self.obstacles: tuple[Obstacle, ...] = ()
        if isinstance(why, Ruling | str):
            super().__init__(why, rule=rule)
        else:
            self.obstacles = tuple(why)
            super().__init__(" ".join(o.text for o in why), rule=rule or next((o.rule for o in why if o.rule), ""))


def locked(election: Election) -> Election:
    """The election as it now is, held until the transaction ends: one verb at a time."""
    return Election.objects.select_for_update().get(pk=election.pk)


def refuse_obstacles(verb: Verb, election: Election, *, at: datetime) -> None:
    """Raises ElectionRefused with everything that stands in the way of a verb."""
    found = obstacles_to(verb, facts_of(election, at=at), at=at)
    if found:
        raise ElectionRefused(found)


def refuse_candidates(election: Election, *, by: Any, at: datetime) -> None:
    """Nobody runs an election in which they stand."""
    if not isinstance(by, User):
        return
    held = memberships_of(by, on=uk_date(at)).values_list("reference", flat=True)
    stands = election.nominations.filter(member_ref__in=list(held), state__in=("undecided", "stands")).exists()
    ruling = rules.may_officiate(is_candidate=stands)
    if not ruling.allowed:
        raise ElectionRefused(ruling)


def move(election: Election, to: Stage, *fields: str) -> None:
    """Move the stage on; fields of the election that changed with it are saved too."""
    if to not in MOVES[election.at_stage]:
        raise ValueError(f"{election.reference} cannot go from {election.stage} to {to}")
    election.stage = to
    changed(election, "stage", *fields)


def changed(election: Election, *fields: str) -> None:
    """Save what changed and tell open pages that something did."""
    election.version += 1
    election.save(update_fields=("version", *fields))
    publish("election", election.reference, event="election.changed", version=election.version)


def login_or_none(by: Any) -> User | None:
    """Who did it, where a person did."""
    return by if isinstance(by, User) else None
