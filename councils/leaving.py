"""What a leaver still sits in, said on the register's pages before anybody decides."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from members.leaving import tells_what_leaving_means
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.semantics.vacancies import lapses

from .book import date_in_words, seat_name
from .models import Term


@tells_what_leaving_means
def seats_of_leavers(references: Sequence[str], on: date) -> dict[str, list[str]]:
    """Which seats each holds or is to hold, and whether they end with the membership. One query for all."""
    book = rulebook_in_force(on=on)
    found: dict[str, list[str]] = defaultdict(list)
    terms = Term.objects.filter(membership__reference__in=references).select_related("seat", "membership")
    for term in terms.order_by("from_on", "id"):
        rules = book.seats.get(term.seat.path)
        if rules is None or term.membership is None or (term.over_on is not None and term.over_on <= on):
            continue
        until = f", until {date_in_words(term.until_on)}" if term.until_on else ""
        ends = lapses(book, held=[rules.path], remaining=(), on=on)
        says = "the seat falls vacant that day" if ends else "the seat does not rest on membership and goes on"
        found[term.membership.reference].append(
            f"Sits as {seat_name(book, rules)}, seat {term.seat.number}{until}: {says}."
        )
    return dict(found)
