"""Reading batches."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook

from ..eligibility import feed_classes
from ..leaving import meanings_of_leaving
from ..models import FeedBatch, FeedLine, LineKind, Membership, Person, Stage

HEADINGS = {
    LineKind.CONFLICT: ("To be decided", "Nothing is written about these people until the question is settled."),
    LineKind.JOIN: ("Joining", "Admitted when you approve."),
    LineKind.INVITE: ("Invited to join", "They are put on the list of people to admit and join when they say yes."),
    LineKind.SCHEDULE: ("Joining later", "They wait on the list of people to admit until their day."),
    LineKind.LEAVE: ("Leaving", "Their membership ends on the day given."),
    LineKind.CHANGE: ("Changing", "Noted when you approve."),
    LineKind.MISSING: ("Missing from the file", "Members whom payroll no longer lists. None of them leaves by this."),
    LineKind.WARNING: ("To look at", "These do not stop anything."),
    LineKind.OUTSIDE: ("Not members", "They work here and are not kept: the constitution gives them no membership."),
    LineKind.IGNORED: ("Rows left out", "Rows that are about nobody."),
}


AT_ONCE = 20  # lines of one kind that a page shows before "more"


@dataclass(frozen=True, slots=True)
class Said:
    """One line as the page shows it. ``leaves_behind`` is what upper rooms say of a leaver."""

    line: FeedLine
    leaves_behind: list[str] = field(default_factory=list)

    @property
    def question(self) -> str:
        return str(self.line.data.get("question", ""))

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(key, words) for key, words in self.line.data.get("answers", [])]


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one kind."""

    kind: str
    heading: str
    hint: str
    said: list[Said]

    @property
    def first(self) -> list[Said]:
        return self.said[:AT_ONCE]

    @property
    def rest(self) -> list[Said]:
        return self.said[AT_ONCE:]


@dataclass(frozen=True, slots=True)
class BatchInWords:
    """A batch as its page shows it.

    by_constituency  (what it is called, how many join it)
    open_groups      staff groups of the file that no constituency names
    known_groups     groups the constitution names, to choose from
    """

    parts: list[Part]
    counts: list[tuple[str, int]]
    by_constituency: list[tuple[str, int]]
    waits: bool
    writes: int
    open_groups: list[str]
    known_groups: list[tuple[str, str]]


def batches() -> "QuerySet[FeedBatch]":
    """Every batch, the latest first, with how many joined and left."""
    return FeedBatch.objects.defer("content", "seen", "columns", "notes").annotate(
        joined=Count("lines", filter=Q(lines__kind=LineKind.JOIN)),
        left=Count("lines", filter=Q(lines__kind=LineKind.LEAVE)),
        held=Count("lines", filter=Q(lines__kind=LineKind.CONFLICT)),
    )


def batch(reference: str) -> FeedBatch | None:
    return FeedBatch.objects.filter(reference=reference).first()


def waiting_batch() -> FeedBatch | None:
    """The one batch that waits for approval."""
    return FeedBatch.objects.filter(stage=Stage.PROPOSED).defer("content", "seen").first()


def missing_from_feeds() -> list[tuple[Person, str]]:
    """People who were missing from the last files, most often first, each with the membership that goes on."""
    memberships = (
        Membership.objects.filter(person__missed_feeds__gt=0, ceased_on__isnull=True)
        .select_related("person")
        .order_by("-person__missed_feeds", "person__family_name", "number")
    )
    first: dict[int, tuple[Person, str]] = {}
    for held in memberships:
        first.setdefault(held.person_id, (held.person, held.reference))
    return list(first.values())


def batch_in_words(batch: FeedBatch) -> BatchInWords:
    """A batch with its consequences, in three queries and one asking of each upper room."""
    lines = sorted(batch.lines.all(), key=lambda line: (line.row_number is None, line.row_number or 0, line.position))
    book = rulebook_in_force(on=batch.effective_on)
    leavers = {line.pk: line.data["membership"] for line in lines if line.kind == LineKind.LEAVE and line.data}
    behind = meanings_of_leaving(leavers.values(), on=batch.effective_on)
    parts = []
    for kind, (heading, hint) in HEADINGS.items():
        said = [Said(line, behind.get(leavers.get(line.pk, ""), [])) for line in lines if line.kind == kind]
        if said:
            parts.append(Part(kind, heading, hint, said))
    joining = Counter(
        line.data["constituency"] or line.data["class"]
        for line in lines
        if line.kind in (LineKind.JOIN, LineKind.INVITE, LineKind.SCHEDULE) and line.data
    )
    order = [*book.constituencies, *book.classes]
    return BatchInWords(
        parts=parts,
        counts=[(part.heading, len(part.said)) for part in parts],
        by_constituency=[(book.label(key), joining[key]) for key in order if joining[key]],
        waits=batch.stage == Stage.PROPOSED,
        writes=sum(len(part.said) for part in parts if part.kind in WRITTEN),
        open_groups=sorted({line.data["group"] for line in lines if line.data.get("group")}),
        known_groups=known_groups(book),
    )


WRITTEN = (LineKind.JOIN, LineKind.INVITE, LineKind.SCHEDULE, LineKind.LEAVE, LineKind.CHANGE)


def known_groups(book: Rulebook) -> list[tuple[str, str]]:
    """Groups that the constituencies of the feed's classes name, with the constituency they lead to."""
    classes = feed_classes(book)
    found: dict[str, str] = {}
    for part in book.constituencies.values():
        for group in part.where.alternatives if part.of in classes else ():
            for name in ("group", "staff_group"):
                wanted = group.get(name, ())
                for word in wanted if isinstance(wanted, tuple) else (wanted,):
                    found.setdefault(str(word), f"{str(word).replace('_', ' ')} → {book.label(part.key)}")
    return list(found.items())
