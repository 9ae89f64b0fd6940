"""What the constitution says of seats, for this room."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from mutualgov.constitution.document.nouns import Body, Seat
from mutualgov.constitution.document.values import fraction_in_words
from mutualgov.constitution.rulebook import Rulebook

from .rules import ROUTES, seat_rule
from .terms import TermRules, months_of


def term_rules(seat: Seat) -> TermRules:
    """How long holders of a seat serve."""
    term, most, stagger = seat.terms.term, seat.terms.max, seat.terms.stagger
    return TermRules(
        months=months_of(term.amount, term.unit) if term else None,
        most_months=months_of(most.amount, most.unit) if most else None,
        every=max(1, months_of(1, stagger.per) // stagger.times) if stagger else None,
        places=seat.n,
        rule=seat_rule(seat, "term"),
    )


def listed(words: Iterable[str], *, joined_by: str = "or") -> str:
    """Words as a list in a sentence.

    >>> listed(["nursing", "homecare", "support"])
    'nursing, homecare or support'
    """
    kept = list(words)
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} {joined_by} {kept[-1]}" if kept else ""


def seat_name(book: Rulebook, seat: Seat) -> str:
    """What members call a seat: “Staff governor for nursing and therapy”."""
    return capital(book.label(seat.path))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def holder_in_words(book: Rulebook, key: str) -> str:
    """A reference as the one who fills a seat; an office with its body: “chair of the board”."""
    if key in book.seats:
        office = book.seats[key]
        return f"{book.label(key)} of {book.label(office.body)}"
    return book.label(key)


def route_in_words(book: Rulebook, seat: Seat) -> str:
    """How a seat is filled: “elected by nursing and therapy”."""
    return ROUTES[seat.how].format(by=by_in_words(book, seat))


def by_in_words(book: Rulebook, seat: Seat) -> str:
    return listed([holder_in_words(book, key) for key in seat.by]) or "the body itself"


def eligible_in_words(book: Rulebook, seat: Seat) -> str:
    """Of which classes and constituencies a holder must be; empty where anyone may."""
    return listed([book.label(key) for key in seat.eligible_from if book.root_class(key)])


def quorum_in_words(book: Rulebook, body: Body, *, in_office: int) -> str:
    """How many must be there for the body to decide, with the figure for those in office.

    in_office  holders of its voting seats now
    """
    quorum = body.quorum
    if quorum is None:
        return "The constitution sets no quorum."
    if isinstance(quorum, int):
        return f"{quorum} must be there for it to decide."
    if isinstance(quorum, Fraction):
        needed = -(-quorum.numerator * in_office // quorum.denominator)
        return f"{fraction_in_words(quorum).capitalize()} must be there for it to decide: {needed} of {in_office}."
    parts = [
        f"{fraction_in_words(share) if isinstance(share, Fraction) else share} of {book.label(key)}"
        for key, share in quorum.items()
    ]
    return f"{listed(parts, joined_by='and').capitalize()} must be there for it to decide."


def meets_in_words(body: Body) -> str:
    return f"Meets {body.meets.in_words}." if body.meets else ""


def date_in_words(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def day_before(on: date) -> str:
    return date_in_words(on - timedelta(days=1))
