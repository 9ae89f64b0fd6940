"""What elections need of whoever is looking."""

from collections.abc import Iterator

from django.urls import reverse

from members.queries import members_in, memberships_of
from mutualgov.access.permissions import Role
from mutualgov.access.queries import may
from mutualgov.core.clock import uk_date
from mutualgov.duties.needs import Asker, Need, tells_needs
from mutualgov.tenancy.scope import current_mutual

from . import permissions
from .lifecycle import Stage, Step, Verb, obstacles_to, when
from .models import Election, Nomination, PaperBatch
from .queries import ballot_place, dates_of, facts_of


@tells_needs
def votes_to_cast(asker: Asker) -> Iterator[Need]:
    """“Vote in …” for a member who is on the roll and has not voted."""
    if Role.MEMBER not in asker.roles:
        return
    held = list(memberships_of(asker.user, on=uk_date(asker.at)).values_list("reference", flat=True))
    for election in Election.objects.filter(stage__in=(Stage.NOMINATIONS_CLOSED, Stage.OPEN)):
        dates = dates_of(election)
        place = ballot_place(election, member_refs=held)
        is_open = dates[Step.POLL] <= asker.at < dates[Step.CLOSE]
        if is_open and place is not None and not place.has_voted and facts_of(election, at=asker.at).contested:
            yield Need(
                f"Vote in the {_small(election.title)}",
                _url("voting:vote", election),
                dates[Step.CLOSE],
                f"Secret ballot for {election.seats} seats. Voting closes on {when(dates[Step.CLOSE])}.",
            )


@tells_needs
def seats_to_stand_for(asker: Asker) -> Iterator[Need]:
    """“You can stand …” for a member of the electorate while nominations are open."""
    if Role.MEMBER not in asker.roles or Role.RETURNING_OFFICER in asker.roles:
        return
    on = uk_date(asker.at)
    mine = set(memberships_of(asker.user, on=on).values_list("reference", flat=True))
    for election in Election.objects.filter(stage=Stage.NOTICE_GIVEN):
        closes = dates_of(election)[Step.NOMINATIONS]
        if asker.at > closes or election.nominations.filter(member_ref__in=mine).exists():
            continue
        if mine & {line.reference for line in members_in(by=election.eligible, on=on)}:
            yield Need(
                f"Stand for election: {election.seat_name}",
                _url("voting:stand", election),
                closes,
                f"Nominations close on {when(closes)}. Only if you want to.",
            )


@tells_needs
def elections_to_run(asker: Asker) -> Iterator[Need]:
    """The next step of each election, for whoever may take it."""
    runs, keys_papers = (may(asker.roles, p) for p in (permissions.RUN_ELECTION, permissions.KEY_PAPERS))
    if keys_papers:
        waiting = PaperBatch.objects.filter(state=PaperBatch.State.KEYED).exclude(keyed_by=asker.user)
        for batch in waiting.select_related("election"):
            yield Need(
                f"Key the second copy of batch {batch.reference}",
                _url("voting:confirm_batch", batch.election, batch=batch.reference),
                hint=f"{batch.papers} papers, {batch.election.title}. Somebody else keyed the first copy.",
            )
    if runs:
        for election in Election.objects.exclude(stage__in=(Stage.DECLARED, Stage.ABANDONED)):
            yield from _next_step(election, asker)


def _next_step(election: Election, asker: Asker) -> Iterator[Need]:
    undecided = election.nominations.filter(state=Nomination.State.UNDECIDED).count()
    if undecided and election.at_stage is Stage.NOTICE_GIVEN:
        noun = "nomination" if undecided == 1 else "nominations"
        yield Need(
            f"Decide {undecided} {noun}",
            _url("voting:nominations", election),
            dates_of(election)[Step.STATEMENT],
            election.title,
        )
    facts = facts_of(election, at=asker.at)
    for verb, title in NEXT.items():
        if not obstacles_to(verb, facts, at=asker.at):
            yield Need(title, _url("voting:election", election), facts.dates[DUE[verb]], election.title)
            return


#: What the landing page calls the step that nothing stands in the way of.
NEXT = {
    Verb.GIVE_NOTICE: "Give notice of an election",
    Verb.CLOSE_NOMINATIONS: "Close nominations",
    Verb.FREEZE_ROLL: "Freeze the roll",
    Verb.OPEN_POLL: "Open voting",
    Verb.CLOSE_POLL: "Close voting",
    Verb.COUNT_VOTES: "Count the votes",
    Verb.RECORD_LOT: "Draw a lot and record it",
    Verb.DECLARE_RESULT: "Declare the result",
}
DUE = {
    Verb.GIVE_NOTICE: Step.NOTICE,
    Verb.CLOSE_NOMINATIONS: Step.WITHDRAWALS,
    Verb.FREEZE_ROLL: Step.POLL,
    Verb.OPEN_POLL: Step.POLL,
    Verb.CLOSE_POLL: Step.CLOSE,
    Verb.COUNT_VOTES: Step.DECLARE,
    Verb.RECORD_LOT: Step.DECLARE,
    Verb.DECLARE_RESULT: Step.DECLARE,
}


def _small(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _url(name: str, election: Election, **more: str) -> str:
    return reverse(name, kwargs={"mutual": current_mutual().key, "reference": election.reference, **more})
