"""Papers that came by post or over the counter: envelopes first, then what lay in them, keyed by two people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum

from mutualgov.accounts.models import User
from mutualgov.audit.actions import record
from mutualgov.core.clock import uk_date

from ..ballots import Answer, check_answer, differing_papers, tally_hash
from ..box import piles
from ..lifecycle import Verb
from ..models import Election, Mark, PaperBatch, RollEntry
from ..queries.elections import style_of
from .common import ElectionRefused, changed, locked, refuse_candidates, refuse_obstacles
from .poll import write_marks_anew

SHOWN = 20  # differing lines named at once


@dataclass(frozen=True, slots=True)
class PaperMarks:
    """What became of the envelopes: voters marked now, numbers refused because a vote is marked already, unknown."""

    marked: int
    refused: tuple[str, ...]
    unknown: tuple[str, ...]


class CopiesDiffer(ElectionRefused):
    """The second copy of a batch does not say the same. ``lines`` are lines of the second copy."""

    def __init__(self, *, lines: Sequence[int], first: int, second: int) -> None:
        self.lines, self.first, self.second = tuple(lines), first, second
        where = (
            f"The first copy has {first} papers, yours has {second}."
            if first != second
            else "Look again at " + ("line " if len(lines) == 1 else "lines ") + ", ".join(map(str, lines)) + "."
        )
        super().__init__(f"The two copies differ. {where}", rule="voting.two_keyings")


@transaction.atomic
def mark_paper_returns(
    *, election: Election, by: Any, at: datetime, voter_numbers: Collection[str] | None = None
) -> PaperMarks:
    """Mark the voters whose envelopes have come back, all at once.

    voter_numbers  as scanned from the envelopes; None for everybody on the roll who has no mark yet

    The channel marked first wins: an envelope of somebody who has voted is refused and kept unopened.
    """
    election = locked(election)
    refuse_obstacles(Verb.MARK_PAPER_RETURNS, election, at=at)
    refuse_candidates(election, by=by, at=at)
    entries = {entry.voter_number: entry for entry in RollEntry.objects.filter(election=election)}
    marked = set(Mark.objects.filter(roll_entry__election=election).values_list("roll_entry__voter_number", flat=True))
    wanted = list(entries) if voter_numbers is None else list(dict.fromkeys(map(tidy_voter_number, voter_numbers)))
    fresh = [number for number in wanted if number in entries and number not in marked]
    day = uk_date(at)
    Mark.objects.bulk_create(
        [Mark(roll_entry=entries[number], channel=Mark.Channel.PAPER, day=day) for number in sorted(fresh)],
        batch_size=1000,
    )
    write_marks_anew(election)
    if fresh:
        changed(election)
        record("voting.paper_returns_marked", election, by=by, at=at, rule=election.rule, envelopes=len(fresh))
    refused = () if voter_numbers is None else tuple(n for n in wanted if n in marked)
    return PaperMarks(len(fresh), refused, tuple(n for n in wanted if n not in entries))


def tidy_voter_number(text: str) -> str:
    """A voter number as typed or scanned, put right.

    >>> tidy_voter_number(" 7k3q xm0o ")
    '7K3Q-XM00'
    """
    letters = "".join(text.upper().split()).replace("-", "").translate(str.maketrans("ILO", "110"))
    return f"{letters[:4]}-{letters[4:]}"


@transaction.atomic
def key_paper_batch(*, election: Election, papers: Sequence[Answer], by: User, at: datetime) -> PaperBatch:
    """Keep one person's copy of a pile of papers, out of sight, until a second person's copy agrees.

    papers  one answer a paper, in the order of the pile
    """
    election = locked(election)
    refuse_obstacles(Verb.KEY_PAPER_BATCH, election, at=at)
    refuse_candidates(election, by=by, at=at)
    style = style_of(election)
    for paper in papers:
        check_answer(paper, style=style)
    _refuse_too_many(election, len(papers))
    reference = f"B{PaperBatch.objects.filter(election=election).count() + 1}"
    piles.destroy(election.box_key, reference)  # what an interrupted keying may have left
    piles.set_aside(election.box_key, reference, papers)
    batch = PaperBatch.objects.create(
        election=election, reference=reference, papers=len(papers), keyed_by=by, keyed_at=at
    )
    changed(election)
    record(
        "voting.batch_keyed",
        election,
        by=by,
        at=at,
        rule="voting.two_keyings",
        batch=reference,
        papers=len(papers),
    )
    return batch


@transaction.atomic
def confirm_paper_batch(
    *, batch: PaperBatch, papers: Sequence[Answer], by: User, at: datetime, lines: Sequence[int] = ()
) -> PaperBatch:
    """Compare a second person's copy with the first; where they say the same, the ballots go into the box.

    lines  the line of the file that each paper stands on, where that is not simply its place

    Raises CopiesDiffer, which names lines and never totals; nothing of the second copy is kept then.
    """
    election = locked(batch.election)
    refuse_obstacles(Verb.CONFIRM_PAPER_BATCH, election, at=at)
    refuse_candidates(election, by=by, at=at)
    batch = _waiting(batch)
    if batch.keyed_by_id == by.pk:
        raise ElectionRefused(
            f"You keyed the first copy of batch {batch.reference}. Somebody else, with another login, keys the second.",
            rule="voting.two_keyings",
        )
    style = style_of(election)
    for paper in papers:
        check_answer(paper, style=style)
    first = piles.kept(election.box_key, batch.reference)
    if first is not None and tally_hash(first) != tally_hash(papers):
        raise CopiesDiffer(lines=_lines(first, papers, lines), first=len(first), second=len(papers))
    piles.put_in_box(election.box_key, batch.reference, style=style)
    batch.state, batch.confirmed_by, batch.confirmed_at = PaperBatch.State.CONFIRMED, by, at
    batch.save(update_fields=("state", "confirmed_by", "confirmed_at"))
    changed(election)
    record(
        "voting.batch_confirmed",
        election,
        by=by,
        at=at,
        rule="voting.two_keyings",
        batch=batch.reference,
        papers=batch.papers,
    )
    return batch


@transaction.atomic
def discard_paper_batch(*, batch: PaperBatch, reason: str, by: User, at: datetime) -> PaperBatch:
    """Throw a first copy away, to key the pile again. A batch in the ballot box cannot be discarded."""
    election = locked(batch.election)
    refuse_obstacles(Verb.DISCARD_PAPER_BATCH, election, at=at)
    refuse_candidates(election, by=by, at=at)
    batch = _waiting(batch)
    if not reason.strip():
        raise ElectionRefused("Say why the batch is discarded.", rule="voting.two_keyings")
    if piles.kept(election.box_key, batch.reference) is None:
        raise ElectionRefused(
            f"The ballots of batch {batch.reference} lie in the ballot box. Key the second copy again to finish it.",
            rule="voting.two_keyings",
        )
    batch.state, batch.discarded_because = PaperBatch.State.DISCARDED, reason.strip()
    batch.save(update_fields=("state", "discarded_because"))
    changed(election)
    record("voting.batch_discarded", election, by=by, at=at, rule="voting.two_keyings", batch=batch.reference)
    key, reference = election.box_key, batch.reference
    transaction.on_commit(lambda: piles.destroy(key, reference))
    return batch


@transaction.atomic
def explain_missing_papers(*, election: Election, reason: str, by: User, at: datetime) -> Election:
    """Say why fewer papers were entered than envelopes marked (an empty envelope, say), so that the count may go on."""
    election = locked(election)
    refuse_obstacles(Verb.CONFIRM_PAPER_BATCH, election, at=at)
    refuse_candidates(election, by=by, at=at)
    if not reason.strip():
        raise ElectionRefused("Say why papers are missing: the reason is published with the result.")
    election.papers_missing_because = reason.strip()
    changed(election, "papers_missing_because")
    record("voting.papers_explained", election, by=by, at=at, rule=election.rule)
    return election


def _lines(first: Sequence[Answer], second: Sequence[Answer], lines: Sequence[int]) -> list[int]:
    numbers = [*lines] if len(lines) == len(second) else [*range(1, len(second) + 1)]
    after = (numbers[-1] if numbers else 0) + 1
    found = (numbers[place] if place < len(numbers) else after for place in differing_papers(first, second))
    return list(dict.fromkeys(found))[:SHOWN]


def _waiting(batch: PaperBatch) -> PaperBatch:
    batch = PaperBatch.objects.get(pk=batch.pk)
    if batch.state != PaperBatch.State.KEYED:
        raise ElectionRefused(
            f"Batch {batch.reference} waits for nothing: {batch.get_state_display().lower()}.",
            rule="voting.two_keyings",
        )
    return batch


def _refuse_too_many(election: Election, papers: int) -> None:
    if not papers:
        raise ElectionRefused("There is no paper in this batch.")
    envelopes = Mark.objects.filter(roll_entry__election=election, channel=Mark.Channel.PAPER).count()
    live = PaperBatch.objects.filter(election=election).exclude(state=PaperBatch.State.DISCARDED)
    entered = live.aggregate(papers=Sum("papers"))["papers"] or 0
    if entered + papers > envelopes:
        raise ElectionRefused(
            f"{envelopes} envelopes are marked on the roll and {entered} papers entered, so this batch may hold "
            f"{envelopes - entered} at most; it holds {papers}. Mark the missing envelopes first, or look for papers "
            "keyed twice.",
            rule="voting.papers_within_marks",
        )
