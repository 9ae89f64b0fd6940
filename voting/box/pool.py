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
        found = Ballot.objects.filter(urn=key, leaf__in=[slip.leaf for slip in slips])
        there = {leaf: (style, bytes(body)) for leaf, style, body in found.values_list("leaf", "style", "body")}
        fresh = [slip for slip in slips if slip.leaf not in there]
        if any(there[slip.leaf] != (slip.style, slip.body) for slip in slips if slip.leaf in there):
            raise BallotDiffers(
                "A vote from this page has been cast already, with other choices. That first vote stands.",
                rule="voting.one_vote",
            )
        if not fresh:
            return
        if urn.sealed:
            raise BoxSealed("The ballot box is sealed for the count: it takes no more ballots.", rule="voting.sealed")
        Ballot.objects.bulk_create(
            [Ballot(leaf=slip.leaf, urn=key, style=slip.style, body=slip.body) for slip in fresh], batch_size=500
        )
        _write_anew(key)


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
        held = Ballot.objects.filter(urn=key).values_list("style", "body")
        return sorted((style, bytes(body)) for style, body in held)


def _write_anew(key: str) -> None:
    """Take every ballot of a box out and put them back sorted by name, in the transaction that is open."""
    if connections[BOX].vendor == "postgresql":
        with connections[BOX].cursor() as cursor:
            cursor.execute(OUT_AND_BACK, [key])
        return
    ballots = list(Ballot.objects.filter(urn=key).order_by("leaf"))
    Ballot.objects.filter(urn=key).delete()
    Ballot.objects.bulk_create(ballots, batch_size=500)


#: One statement: the sort waits for the last row to be taken out before the first is put back.
OUT_AND_BACK = """
    with taken as (delete from box_ballot where urn = %s returning mutual_id, leaf, urn, style, body)
    insert into box_ballot (mutual_id, leaf, urn, style, body)
    select mutual_id, leaf, urn, style, body from taken order by leaf
"""
