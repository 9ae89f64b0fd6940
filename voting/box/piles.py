"""Papers keyed by one person, waiting in the box for a second person's copy."""

import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction

from ..ballots import Answer, Style, leaf_hash, sealed_length
from .models import Pile
from .pool import BOX, Slip, deposit, reading


def set_aside(key: str, batch: str, papers: Sequence[Answer]) -> None:
    """Keep the first copy of a batch."""
    with transaction.atomic(using=BOX):
        Pile.objects.create(
            name=_name(key, batch),
            papers=[[list(paper.chosen), paper.rejected] for paper in papers],
            secret=secrets.token_hex(32),
        )


def kept(key: str, batch: str) -> list[Answer] | None:
    """The first copy of a batch, as keyed; None once its ballots lie in the box."""
    with reading():
        pile = Pile.objects.get(name=_name(key, batch))
        return None if pile.deposited else [Answer(tuple(chosen), rejected) for chosen, rejected in pile.papers]


def put_in_box(key: str, batch: str, *, style: Style) -> None:
    """Turn a kept pile into ballots, in one transaction; a second time changes nothing."""
    with transaction.atomic(using=BOX):
        pile = Pile.objects.select_for_update().get(name=_name(key, batch))
        if pile.deposited:
            return
        papers = [Answer(tuple(chosen), rejected) for chosen, rejected in pile.papers]
        deposit(
            key,
            [
                Slip(leaf_hash(f"{pile.secret}|{number}"), style.contest, sealed_length(paper, style=style))
                for number, paper in enumerate(papers)
            ],
        )
        pile.deposited, pile.papers = True, []
        pile.save(update_fields=("deposited", "papers"))


def destroy(key: str, batch: str) -> None:
    """Throw a kept pile away; one whose ballots lie in the box stays."""
    with transaction.atomic(using=BOX):
        Pile.objects.filter(name=_name(key, batch), deposited=False).delete()


def _name(key: str, batch: str) -> str:
    return hashlib.sha256(f"{key}|{batch}".encode()).hexdigest()
