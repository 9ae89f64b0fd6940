"""The roll. Who has voted is told to nobody before the close; each voter sees their own line."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from members.queries import names_of

from ..lifecycle import Stage
from ..models import Election, Mark, RollEntry

SHOWN_FROM = 10  # fewer votes than these are not told: the first ones could be known
BAND = 5  # turnout before the close is told in steps of so many in a hundred


@dataclass(frozen=True, slots=True)
class RollLine:
    """One voter. ``channel`` and ``day`` are told after the close only, and are empty for who did not vote."""

    voter_number: str
    member_ref: str
    name: str
    channel: str = ""
    day: date | None = None


def roll_lines(election: Election) -> list[RollLine]:
    """The frozen roll by surname; with who voted, once voting has closed."""
    rows = RollEntry.objects.filter(election=election).select_related("mark")
    names = names_of([row.member_ref for row in rows])
    tells = election.at_stage in {Stage.CLOSED, Stage.COUNTED, Stage.DECLARED}
    found = []
    for row in rows:
        mark = getattr(row, "mark", None) if tells else None
        found.append(
            RollLine(
                row.voter_number,
                row.member_ref,
                names.get(row.member_ref, ""),
                mark.get_channel_display() if mark else "",
                mark.day if mark else None,
            )
        )
    return sorted(found, key=lambda line: (line.name.rpartition(" ")[2].casefold(), line.name, line.member_ref))


@dataclass(frozen=True, slots=True)
class BallotPlace:
    """A voter's own line: the entry, and whether, how and on which day they have voted."""

    entry: RollEntry
    has_voted: bool
    channel: str
    day: date | None


def ballot_place(election: Election, *, member_refs: Collection[str]) -> BallotPlace | None:
    """The line of whoever holds one of these memberships; None for somebody who is not on the roll."""
    entry = RollEntry.objects.filter(election=election, member_ref__in=list(member_refs)).select_related("mark").first()
    if entry is None:
        return None
    mark = getattr(entry, "mark", None)
    return BallotPlace(entry, mark is not None, mark.get_channel_display() if mark else "", mark.day if mark else None)


def marks_by_channel(election: Election) -> dict[str, int]:
    """How many have voted by each channel."""
    found = Counter(Mark.objects.filter(roll_entry__election=election).values_list("channel", flat=True))
    return {channel.value: found[channel.value] for channel in Mark.Channel}


def turnout_band(election: Election) -> str:
    """Turnout while voting is open, as coarsely as it may be told."""
    voters = RollEntry.objects.filter(election=election).count()
    voted = Mark.objects.filter(roll_entry__election=election).count()
    if voted < SHOWN_FROM or not voters:
        return f"Fewer than {SHOWN_FROM} people have voted so far."
    percent = voted * 100 // voters // BAND * BAND
    return f"At least {percent}% have voted so far." if percent else f"Fewer than {BAND}% have voted so far."
