"""Putting ballots into a box and taking them out, so that the table tells nothing of who came when.

PostgreSQL keeps the transaction that wrote each row (``xmin``) and rows lie where they were written: either gives the
order of voting away. Therefore every write takes all ballots of the box out and puts them back sorted by their random
names, in one transaction: they share one ``xmin``, and their place means nothing.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from mutualgov.core.rulings import Refusal

from .models import Ballot, Urn

BOX = "box"


class BoxSealed(Refusal):
    """The box takes no more ballots."""


class BallotDiffers(Refusal):
    """A ballot of this name lies in the box and says something else."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One ballot on its way into the box."""

    leaf: str
    style: str
    body: bytes


def reading() -> AbstractContextManager[Any]:
    """A transaction in which the box may be read. SQLite needs none, and would lock out every writer with one."""
    return nullcontext() if connections[BOX].vendor == "sqlite" else transaction.atomic(using=BOX)


def set_up(key: str) -> None:
    """Make an election's box; a second time changes nothing."""
    with transaction.atomic(using=BOX):
        Urn.objects.get_or_create(key=key)


def deposit(key: str, slips: Sequence[Slip]) -> None:
    """Put ballots into the box. One that lies there already is left as it is, so that a retry ends as one ballot.

    Raises BallotDiffers where a ballot of the same name says something else, BoxSealed after the box is sealed.
    """
    with transaction.atomic(using=BOX):
        urn = Urn.objects.select_for_update().get(key=key)
        held = {leaf: (style, bytes(body)) for leaf, style, body in _rows(key)}
        fresh = [slip for slip in slips if slip.leaf not in held]
        if any(held[slip.leaf] != (slip.style, slip.body) for slip in slips if slip.leaf in held):
            raise BallotDiffers(
                "A vote from this page has been cast already, with other choices. That first vote stands.",
                rule="voting.one_vote",
            )
        if not fresh:
            return
        if urn.sealed:
            raise BoxSealed("The ballot box is sealed for the count: it takes no more ballots.", rule="voting.sealed")
        held.update({slip.leaf: (slip.style, slip.body) for slip in fresh})
        _rewrite(key, held)


def held(key: str) -> int:
    """How many ballots lie in a box. Nothing before the close may show this figure."""
    with reading():
        return Ballot.objects.filter(urn=key).count()


def seal(key: str) -> list[tuple[str, bytes]]:
    """Seal a box for good and read it: (style, body) of every ballot, sorted bytewise and without the names."""
    with transaction.atomic(using=BOX):
        urn = Urn.objects.select_for_update().get(key=key)
        if not urn.sealed:
            urn.sealed = True
            urn.save(update_fields=("sealed",))
        return sorted((style, bytes(body)) for _, style, body in _rows(key))


def _rows(key: str) -> list[tuple[str, str, bytes]]:
    return list(Ballot.objects.filter(urn=key).values_list("leaf", "style", "body"))


def _rewrite(key: str, ballots: dict[str, tuple[str, bytes]]) -> None:
    Ballot.objects.filter(urn=key).delete()
    Ballot.objects.bulk_create(
        [Ballot(leaf=leaf, urn=key, style=style, body=body) for leaf, (style, body) in sorted(ballots.items())],
        batch_size=500,
    )
