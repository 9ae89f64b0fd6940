"""Key figures of a mutual, each with what it is counted out of."""

from dataclasses import dataclass
from datetime import date

from mutualgov.access.permissions import OFFICERS
from mutualgov.access.queries import role_holders
from mutualgov.tenancy.scope import current_mutual


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` of what: 3, "Offices held", "of 4"."""

    value: int
    label: str
    of: str = ""
    note: str = ""


def key_figures(*, on: date) -> list[Figure]:
    """How the mutual in scope stands on a date."""
    return [_offices(on)]


def _offices(on: date) -> Figure:
    held = {grant.role for grant in role_holders(current_mutual(), on=on)} & OFFICERS
    return Figure(len(held), "Offices held", f"of {len(OFFICERS)}")
