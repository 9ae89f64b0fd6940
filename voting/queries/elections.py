"""Elections, their dates, their candidates, and the facts on which their obstacles are judged."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum

from mutualgov.access.permissions import Role
from mutualgov.access.queries import role_holders
from mutualgov.core.clock import UK, uk_date
from mutualgov.tenancy.scope import current_mutual

from ..ballots import Style
from ..box import pool
from ..lifecycle import ElectionFacts, Stage, Step, clock, when
from ..models import Count, Declaration, Election, ElectionDate, Mark, Nomination, PaperBatch, RollEntry
from .terms import terms_still_in_force

WHOLE_DAY = {(0, 0), (23, 59)}  # how the first and the last minute of a day are kept


class NoSuchElection(LookupError):
    """No election has this reference in the mutual in scope."""


def elections() -> "QuerySet[Election]":
    """The mutual's elections, newest first."""
    return Election.objects.order_by("-called_at", "reference")


def closings() -> "list[tuple[Election, datetime]]":
    """Every election, newest first, with the moment at which voting closes."""
    closes = dict(ElectionDate.objects.filter(step=Step.CLOSE).values_list("election_id", "at"))
    return [(election, closes[election.pk]) for election in elections()]


def election(reference: str) -> Election:
    """The election of a reference. Raises NoSuchElection."""
    found = Election.objects.filter(reference=reference).first()
    if found is None:
        raise NoSuchElection(reference)
    return found


def dates_of(election: Election) -> dict[Step, datetime]:
    """The moment of each step as it now stands."""
    return {Step(step): at for step, at in election.dates.values_list("step", "at")}


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date as a page shows it.

    because  how the rule reaches it
    rule_at  what the rule gives, where the returning officer set another
    reason   why another was set
    """

    step: Step
    label: str
    at: datetime
    on: date
    because: str
    rule_at: datetime | None
    reason: str
    is_past: bool

    @property
    def time(self) -> str:
        """The time of day, where it is not simply the whole day: "at 5pm"."""
        local = self.at.astimezone(UK)
        if (local.hour, local.minute) in WHOLE_DAY:
            return ""
        return f"at {clock(self.at)}"


def lines_of(election: Election, *, at: datetime) -> list[DateLine]:
    """The election's timetable in order."""
    rows = {Step(row.step): row for row in ElectionDate.objects.filter(election=election)}
    return [_line(election, rows[step], at=at) for step in Step if step in rows]


def _line(election: Election, row: ElectionDate, *, at: datetime) -> DateLine:
    step = Step(row.step)
    done = _done_at(election, step)
    moment = done or row.at
    return DateLine(
        step=step,
        label=DONE[step] if done else step.label,
        at=moment,
        on=uk_date(moment),
        because=f"Due by {when(row.at)}. {row.explanation}" if done else row.explanation,
        rule_at=row.rule_at if row.rule_at != row.at else None,
        reason=row.reason,
        is_past=done is not None or moment <= at,
    )


#: Two dates are the last by which something must be done; once it is, the day on which it was is what matters.
DONE = {Step.NOTICE: "Notice of election given", Step.DECLARE: "Result declared"}


def _done_at(election: Election, step: Step) -> datetime | None:
    if step is Step.NOTICE:
        return election.notice_at
    declaration = Declaration.objects.filter(election=election).first() if step is Step.DECLARE else None
    return declaration.declared_at if declaration else None


def candidates(election: Election) -> list[Nomination]:
    """Who stands, in the order of the ballot paper: by surname, numbered once nominations are closed."""
    return list(election.nominations.filter(state=Nomination.State.STANDS))


def style_of(election: Election) -> Style:
    """The ballot paper."""
    return election.style(tuple(candidate.option for candidate in candidates(election)))


def facts_of(election: Election, *, at: datetime) -> ElectionFacts:
    """Everything that may stand in the way of the next step."""
    stage = election.at_stage
    counted = stage in {Stage.CLOSED, Stage.COUNTED}
    marks = Mark.objects.filter(roll_entry__election=election)
    batches = PaperBatch.objects.filter(election=election)
    entered = batches.filter(state=PaperBatch.State.CONFIRMED).aggregate(papers=Sum("papers"))["papers"] or 0
    last = Count.objects.filter(election=election).last() if counted else None
    return ElectionFacts(
        stage=stage,
        seats=election.seats,
        dates=dates_of(election),
        record_on=election.record_on,
        rule=election.rule,
        terms_still_in_force=stage is not Stage.DRAFT or terms_still_in_force(election, on=uk_date(at)),
        has_returning_officer=role_holders(current_mutual(), on=uk_date(at))
        .filter(role=Role.RETURNING_OFFICER)
        .exists(),
        undecided=election.nominations.filter(state=Nomination.State.UNDECIDED).count(),
        candidates=election.nominations.filter(state=Nomination.State.STANDS).count(),
        roll=RollEntry.objects.filter(election=election).count() if election.roll_frozen_at else None,
        paper_marks=marks.filter(channel=Mark.Channel.PAPER).count(),
        papers_entered=entered,
        batches_waiting=tuple(batches.filter(state=PaperBatch.State.KEYED).values_list("reference", flat=True)),
        marks=marks.count() if counted else 0,
        ballots=pool.held(election.box_key) if counted else 0,
        papers_explained=bool(election.papers_missing_because),
        tie=last is not None and last.tie is not None,
    )
