"""What can be done with a staff file: propose, teach a word, decide a question, approve, discard."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction

from mutualgov.audit.actions import actor_reference, record
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.core.canonical import sha256_hex
from mutualgov.core.clock import uk_date
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.scope import current_mutual

from ..actions import Progress, hold_register, lock_register
from ..models import FeedBatch, FeedLine, FeedWord, LineKind, RegisterHead, Stage
from ..rules import in_words
from .approval import apply_batch
from .columns import LABELS, LEFT_OUT, Column, match_columns, missing_fields, plain
from .compare import compare
from .files import UnreadableFile, read_sheet
from .known import known_people, terms_of
from .people import read_people


class BatchRefused(Refusal):
    """The batch cannot be approved, changed or discarded as it stands."""


@transaction.atomic
def propose_staff_feed(
    *,
    file: BinaryIO | bytes,
    filename: str,
    by: Any,
    at: datetime,
    effective_on: date | None = None,
    progress: Progress | None = None,
) -> FeedBatch:
    """Compare a staff file with the register. Nothing reaches the register: a batch waits for approval.

    file          CSV or XLSX, as an open file or its bytes
    effective_on  the day the batch takes effect; today unless told
    progress      told (done, total), in people

    A batch that was waiting is replaced. Raises UnreadableFile, saying what is wrong with the file.
    """
    hold_register()
    content = file if isinstance(file, bytes) else file.read()
    name = filename.replace("\\", "/").rpartition("/")[2][:200] or "the file"
    sheet = read_sheet(content, filename=name)
    batch = FeedBatch(
        filename=name,
        digest=sha256_hex(content),
        content=content,
        effective_on=effective_on or uk_date(at),
        proposed_at=at,
        proposed_by=actor_reference(by),
        register_version=0,
        rows=len(sheet.rows),
    )
    for waiting in FeedBatch.objects.select_for_update().filter(stage=Stage.PROPOSED):
        _settle(waiting, Stage.REPLACED, by=by, at=at)
    _compare_into(batch, progress=progress)
    record("members.feed_proposed", batch, by=by, at=at, rows=batch.rows, digest=batch.digest)
    return batch


@transaction.atomic
def compare_again(*, batch: FeedBatch, by: Any, at: datetime, progress: Progress | None = None) -> FeedBatch:
    """Compare a waiting batch's file with the register as it is now. Raises BatchRefused."""
    hold_register()
    batch = _waiting(batch)
    _compare_into(batch, progress=progress)
    return batch


@transaction.atomic
def answer_question(*, batch: FeedBatch, question: str, answer: str, by: Any, at: datetime) -> FeedBatch:
    """Decide what a batch asks about one person, and compare again. Raises BatchRefused."""
    hold_register()
    batch = _waiting(batch)
    asked = {
        line.data["question"]: {key for key, _ in line.data["answers"]}
        for line in batch.lines.all()
        if line.data.get("question")
    }
    if answer not in asked.get(question, set()):
        raise BatchRefused("That question is no longer open. Look at the batch again.", rule="staff file")
    batch.answers = {**batch.answers, question: answer}
    _compare_into(batch)
    record("members.feed_question_answered", batch, by=by, at=at, answer=answer)
    return batch


@transaction.atomic
def learn_words(*, what: str, words: Mapping[str, str], by: Any, at: datetime) -> None:
    """Remember what the feed's words mean here.

    what   "column" (heading → field, empty for a column that is not to be read), "group" (staff group → the
           constitution's group) or "employer" (organisation → the constitution's key)
    """
    if what not in ("column", "group", "employer"):
        raise ValueError(what)
    for said, meant in words.items():
        FeedWord.objects.update_or_create(
            what=what, said=plain(said) if what == "column" else said.strip(), defaults={"meant": meant}
        )
    record("members.feed_words_learnt", current_mutual(), by=by, at=at, what=what, words=dict(words))


@transaction.atomic
def map_columns(*, batch: FeedBatch, words: Mapping[str, str], by: Any, at: datetime) -> FeedBatch:
    """Say which column is which, for this file and those to come, and compare again.

    Raises BatchRefused, or UnreadableFile where a column that is needed would be missing.
    """
    learn_words(what="column", words=words, by=by, at=at)
    return compare_again(batch=batch, by=by, at=at)


@transaction.atomic
def approve_batch(
    *, batch: FeedBatch, by: Any, at: datetime, despite: str = "", progress: Progress | None = None
) -> FeedBatch:
    """Write a batch into the register: all of it or nothing, and once.

    despite   why it is right although the file looked wrong; needed where the batch has an alarm
    progress  told (done, total), in proposals

    Questions that nobody has answered are left out and come again with the next file. Raises BatchRefused where the
    batch is settled already, where the register has moved since it was compared, and where an alarm stands.
    """
    head = lock_register()
    batch = _waiting(batch)
    if head.version != batch.register_version + 1:
        raise BatchRefused(
            "The register has changed since this file was compared with it. Compare again and look at what is "
            "different, then approve.",
            rule="staff file",
        )
    if batch.alarm and not despite.strip():
        raise BatchRefused(f"{batch.alarm} To approve it all the same, say why it is right.", rule="staff file")
    batch.alarm_reason = despite.strip()
    done = apply_batch(batch, by=by, at=at, progress=progress)
    _settle(batch, Stage.APPROVED, by=by, at=at)
    record("members.feed_approved", batch, by=by, at=at, digest=batch.digest, despite=bool(batch.alarm), **done)
    return batch


@transaction.atomic
def discard_batch(*, batch: FeedBatch, by: Any, at: datetime) -> FeedBatch:
    """Put a waiting batch aside; nothing of it is written. Raises BatchRefused."""
    batch = _waiting(batch)
    _settle(batch, Stage.DISCARDED, by=by, at=at)
    record("members.feed_discarded", batch, by=by, at=at)
    return batch


def _waiting(batch: FeedBatch) -> FeedBatch:
    """The batch under lock, as it is now: of two who act at once, the second finds it settled."""
    locked = FeedBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.stage == Stage.PROPOSED:
        return locked
    said = {
        Stage.APPROVED: "was approved",
        Stage.DISCARDED: "was put aside",
        Stage.REPLACED: "was replaced by a later file",
    }[Stage(locked.stage)]
    on = in_words(uk_date(locked.settled_at)) if locked.settled_at else ""
    raise BatchRefused(
        f"{locked.filename} ({locked.reference}) {said} on {on}; nothing is done twice.", rule="staff file"
    )


def _settle(batch: FeedBatch, stage: Stage, *, by: Any, at: datetime) -> None:
    """Close a batch. What it held about people is not kept beside the register: sentences stay, data goes."""
    batch.stage, batch.settled_at, batch.settled_by = stage, at, actor_reference(by)
    batch.content, batch.seen = None, []
    batch.save()
    batch.lines.update(data={})


def _compare_into(batch: FeedBatch, *, progress: Progress | None = None) -> None:
    """Hold the batch's file against the register as it is now, and store what it would do."""
    sheet = read_sheet(bytes(batch.content or b""), filename=batch.filename)
    columns = _columns(sheet.headings)
    lacking, missed = missing_fields(columns)
    if lacking:
        raise UnreadableFile(
            f"{batch.filename} has no column for {', '.join(LABELS[field] for field in lacking)}. "
            f"Its headings are: {', '.join(heading for heading in sheet.headings if heading)}."
        )
    reading = read_people(sheet, columns)
    terms = terms_of(rulebook_in_force(on=batch.effective_on), on=batch.effective_on, answers=batch.answers)
    found = compare(reading, known_people(), terms, progress=progress)
    batch.columns = [asdict(column) for column in columns]
    batch.notes = [*sheet.notes, *_column_notes(columns), *missed, *_same_as_before(batch)]
    batch.people, batch.alarm, batch.seen = len(reading.people), found.alarm, list(found.seen)
    batch.register_version = getattr(RegisterHead.objects.first(), "version", 0)
    batch.save()
    batch.lines.all().delete()
    FeedLine.objects.bulk_create(
        [
            FeedLine(
                batch=batch,
                position=position,
                kind=LineKind(line.kind),
                row_number=line.row,
                person_id=line.person,
                rule=line.rule[:60],
                sentence=line.sentence,
                data=line.data,
            )
            for position, line in enumerate(found.lines)
        ],
        batch_size=500,
    )


def _columns(headings: tuple[str, ...]) -> list[Column]:
    """Columns by what was said before and by name; a guess is kept, so that the next file reads the same."""
    told = dict(FeedWord.objects.filter(what="column").values_list("said", "meant"))
    columns = match_columns(headings, told=told)
    FeedWord.objects.bulk_create(
        [
            FeedWord(what="column", said=plain(column.heading)[:120], meant=column.field)
            for column in columns
            if not column.sure
        ],
        ignore_conflicts=True,
    )
    return columns


def _column_notes(columns: list[Column]) -> list[str]:
    guessed = [f"“{column.heading}” is read as {column.label}." for column in columns if not column.sure]
    unread = [column.heading for column in columns if column.heading and not column.field]
    kept_out = [column.label for column in columns if column.field in LEFT_OUT]
    notes = guessed
    if unread:
        notes = [*notes, f"Columns not read: {', '.join(unread)}."]
    if kept_out:
        notes = [*notes, f"Not kept, because no rule of membership asks for it: {', '.join(kept_out)}."]
    return notes


def _same_as_before(batch: FeedBatch) -> list[str]:
    same = FeedBatch.objects.filter(digest=batch.digest, stage=Stage.APPROVED).order_by("-settled_at").first()
    if same is None or same.settled_at is None:
        return []
    return [f"The same file was approved on {in_words(uk_date(same.settled_at))} ({same.reference})."]
