"""An election as a scene: each act waits for its moment, so that one can be played alone or several side by side.

A scene is a generator. It yields the moment of its next act with a line for the reader, and is sent the moment at which
the act is really done; it returns the election. The acts are the actions that the pages call.
"""

import io
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from mutualgov.accounts.models import User
from mutualgov.core.clock import uk_time
from voting import actions as elections
from voting.ballots import Answer
from voting.counting import Contest, write_blt
from voting.counting.lots import lot_digest
from voting.lifecycle import Stage, Step
from voting.models import Election, RollEntry
from voting.papers import OnPaper, read_papers
from voting.queries.elections import candidates, dates_of, style_of
from voting.rules import NominationForm

#: Lots of a story are drawn from this, so that playing it again gives the same result.
LOT_SEED = "mutualgov-story"


@dataclass(frozen=True)
class Moment:
    """When an act is due, and what it does."""

    at: datetime
    title: str


Scene = Generator[Moment, datetime, Election]


@dataclass(frozen=True)
class Cast:
    """Who acts."""

    secretary: User
    returning_officer: User
    scrutineer: User


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One election.

    seat      "council.staff_governor_nursing"
    standing  (name on the ballot paper, membership reference, statement) of each candidate
    papers    ballot papers that come back by post, if any
    votes     how each of some members votes on the site: membership reference and names in order
    until     the last stage that the scene reaches
    """

    seat: str
    seats: int
    notice_on: date
    close_on: date
    standing: Sequence[tuple[str, str, str]]
    papers: Contest | None = None
    votes: Sequence[tuple[str, Sequence[str]]] = ()
    until: Stage = Stage.DECLARED


def an_election(plan: Plan, *, cast: Cast) -> Scene:
    """Call, notice, nominations, roll, poll, papers, count, declaration: as far as ``plan.until``."""
    at = yield Moment(uk_time(plan.notice_on, 9, 30), "The election is called and notice of it is given")
    election = _called(plan, cast=cast, at=at)
    at = yield Moment(_minutes(at, 60), f"{len(plan.standing)} candidates are nominated")
    _nominated(plan, election, cast=cast, at=at)
    if plan.until is Stage.NOTICE_GIVEN:
        return election
    at = yield Moment(_date(election, Step.WITHDRAWALS), "Nominations close")
    elections.close_nominations(election=election, by=cast.returning_officer, at=at)
    if len(plan.standing) <= plan.seats:
        elections.declare_result(election=election, by=cast.returning_officer, at=_minutes(at, 5))
        return election
    at = yield Moment(_minutes(at, 10), "The roll is frozen")
    elections.freeze_roll(election=election, by=cast.returning_officer, at=at)
    at = yield Moment(_date(election, Step.POLL) + timedelta(hours=9), "The poll opens")
    elections.open_poll(election=election, by=cast.returning_officer, at=at)
    yield from _polled(plan, election, cast=cast, at=at)
    if plan.until is Stage.OPEN:
        return election
    at = yield Moment(_date(election, Step.CLOSE), "The poll closes")
    elections.close_poll(election=election, by=cast.returning_officer, at=at)
    if plan.papers is not None:
        at = yield Moment(_minutes(at, 20), f"Two people key {_pieces(plan.papers):,} papers, each on their own")
        _papers_keyed(plan.papers, election, cast=cast, at=at)
    if plan.until is Stage.CLOSED:
        return election
    at = yield Moment(_minutes(at, 30), "The papers are counted and the result is declared")
    _counted(election, cast=cast, at=at)
    return election


@transaction.atomic
def _called(plan: Plan, *, cast: Cast, at: datetime) -> Election:
    body_key, _, seat_key = plan.seat.partition(".")
    election = elections.call_election(
        body_key=body_key, seat_key=seat_key, seats=plan.seats, close_on=plan.close_on, by=cast.secretary, at=at
    )
    elections.give_notice(election=election, by=cast.returning_officer, at=_minutes(at, 1))
    return election


@transaction.atomic
def _nominated(plan: Plan, election: Election, *, cast: Cast, at: datetime) -> None:
    for number, (name, reference, statement) in enumerate(plan.standing):
        nomination = elections.nominate(
            election=election,
            member_ref=reference,
            form=NominationForm(
                name=name,
                address="c/o the registered office",
                no_interests=True,
                declares_eligible=True,
                signed=True,
                statement=statement,
            ),
            by=cast.returning_officer,
            at=_minutes(at, number),
            channel="paper",
        )
        elections.decide_nomination(
            nomination=nomination, accept=True, by=cast.returning_officer, at=_minutes(at, number)
        )


def _polled(plan: Plan, election: Election, *, cast: Cast, at: datetime) -> Generator[Moment, datetime, None]:
    options = _options(election)
    for number, (reference, names) in enumerate(plan.votes):
        elections.cast_vote(
            election=election,
            member_ref=reference,
            answer=Answer(tuple(options[name] for name in names)),
            submission=f"{election.reference}-{number}-{reference}",
            at=_minutes(at, 1 + number),
        )
    if plan.papers is not None:
        at = yield Moment(_minutes(at, len(plan.votes) + 60), f"{_pieces(plan.papers):,} envelopes come back by post")
        _returned(plan.papers, election, cast=cast, at=at)


@transaction.atomic
def _returned(papers: Contest, election: Election, *, cast: Cast, at: datetime) -> None:
    """As many envelopes as there are papers, from the first on the roll who have not voted on the site."""
    roll = RollEntry.objects.filter(election=election, mark__isnull=True).order_by("member_ref")
    numbers = [entry.voter_number for entry in roll[: _pieces(papers)]]
    elections.mark_paper_returns(election=election, by=cast.returning_officer, at=at, voter_numbers=numbers)


@transaction.atomic
def _papers_keyed(papers: Contest, election: Election, *, cast: Cast, at: datetime) -> None:
    keyed = _reader(papers, election)
    batch = elections.key_paper_batch(election=election, papers=keyed(), by=cast.returning_officer, at=at)
    elections.confirm_paper_batch(batch=batch, papers=keyed(), by=cast.scrutineer, at=_minutes(at, 5))


def _reader(papers: Contest, election: Election) -> Callable[[], tuple[Answer, ...]]:
    """Reading the file of papers, as each of the two people does on their own."""
    text = io.StringIO()
    write_blt(papers, text)
    standing = [OnPaper(c.option, c.number or 0, c.name) for c in candidates(election)]
    style = style_of(election)
    return lambda: read_papers(text.getvalue().encode(), "papers.blt", candidates=standing, style=style).papers


@transaction.atomic
def _counted(election: Election, *, cast: Cast, at: datetime) -> None:
    """Counted and declared; a tie that only a lot can break is drawn from a seed on record, and counted again."""
    officer = cast.returning_officer
    count = elections.count_votes(election=election, by=officer, at=at)
    while (tie := count.tie) is not None:
        digests = {key: lot_digest(seed=LOT_SEED, event=tie["event"], key=key) for key in tie["among"]}
        count = elections.record_lot(
            election=election,
            drawn=sorted(tie["among"], key=digests.__getitem__)[: tie["places"]],
            how=f"By SHA-256 over the seed “{LOT_SEED}”, the tie and the candidate; lowest first",
            by=officer,
            at=_minutes(at, 2),
        )
    elections.declare_result(election=election, by=officer, at=_minutes(at, 10))


@transaction.atomic
def _date(election: Election, step: Step) -> datetime:
    return dates_of(election)[step]


@transaction.atomic
def _options(election: Election) -> dict[str, str]:
    """Option ids by name."""
    return {candidate.name: candidate.option for candidate in candidates(election)}


def _pieces(papers: Contest) -> int:
    return sum(number for number, _ in papers.papers)


def _minutes(at: datetime, minutes: int) -> datetime:
    return at + timedelta(minutes=minutes)
