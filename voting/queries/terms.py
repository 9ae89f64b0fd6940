"""The constitution's terms for an election, as they stand on a date."""

from datetime import date

from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.rulings import Refusal

from ..models import Election
from ..terms import ElectionTerms, terms_for


class NotElected(Refusal):
    """Members do not elect this seat, or the constitution does not say how."""


def elected_seats(*, on: date) -> list[ElectionTerms]:
    """The terms of every seat that members elect, in the order of the constitution."""
    book = rulebook_in_force(on=on)
    found = (terms_for(book, path) for path in book.seats)
    return [terms for terms in found if terms is not None]


def terms_of(path: str, *, on: date) -> ElectionTerms:
    """The terms of one seat, ``council.staff_governor``. Raises LookupError for no such seat, NotElected."""
    book = rulebook_in_force(on=on)
    terms = terms_for(book, path)
    if terms is None:
        raise NotElected(f"The constitution does not say how members elect {book.label(path)}.", rule=f"bodies.{path}")
    return terms


def terms_still_in_force(election: Election, *, on: date) -> bool:
    """Whether a draft's terms are what the constitution says on a date."""
    try:
        terms = terms_of(f"{election.body_key}.{election.seat_key}", on=on)
    except (LookupError, Refusal):
        return False
    return all(getattr(election, name) == value for name, value in terms.frozen().items())
