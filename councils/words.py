"""How this room's facts read in the audit chain."""

from collections.abc import Mapping

from mutualgov.audit.words import says, tells_names
from mutualgov.constitution.models import ConstitutionVersion
from mutualgov.constitution.queries import rulebook_of

from .book import seat_name

says("councils.seat_opened", "The seat of {subject} was opened from {on}.")
says("councils.seat_closed", "The seat of {subject} was closed from {on}.")
says("councils.seat_filled", "{holder} took the seat of {subject} from {from_on}; last day {until_on}. On {source}.")
says("councils.term_ended", "{holder} left the seat of {subject} on {ended_on}.")
says("councils.seat_lapsed", "{holder} lost the seat of {subject} on {ended_on} with what it rested on.")
says("councils.elected_without_seat", "{membership} was elected in {source} and could not take a seat.")


@tells_names
def seat_names(mentioned: frozenset[str]) -> Mapping[str, str]:
    """Seats by what the newest constitution calls them: “Staff governor for nursing and therapy, seat 1”."""
    asked = {word: word.rpartition(".") for word in mentioned if word.count(".") == 2}
    latest = ConstitutionVersion.objects.order_by("-number").first() if asked else None
    if latest is None:
        return {}
    book = rulebook_of(latest)
    return {
        word: f"{seat_name(book, book.seats[path])}, seat {number}"
        for word, (path, _, number) in asked.items()
        if path in book.seats
    }
