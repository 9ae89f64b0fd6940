"""The list of elections, the desk of one, its dates, and the public page."""

from datetime import datetime

from django.http import HttpResponse

from mutualgov.access.permissions import PUBLIC
from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView

from .. import actions, desk, permissions, queries
from ..count_sheet import table_of
from ..forms import BringForwardForm, DateChangeForm, ReasonForm
from ..lifecycle import Stage, Step
from ..models import Declaration, Election
from .common import ElectionView, VerbView


class Elections(MutualView):
    """Every election of the mutual, newest first."""

    access = permissions.SEE_ELECTION
    template_name = "voting/elections.html"

    def get(self, request: PageRequest, **kwargs: str) -> HttpResponse:
        return self.page(
            lines=[(election, closes, desk.tone_of(election.at_stage)) for election, closes in queries.closings()],
            may_call=self.allows(permissions.CALL_ELECTION),
        )


class ElectionDesk(ElectionView):
    """Where one election stands: what is next and what blocks it for officers; what they may do for members."""

    access = permissions.SEE_ELECTION
    template_name = "voting/election.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        facts = queries.facts_of(self.election, at=request.now)
        return self.page(
            **_face(self.election, at=request.now),
            tasks=desk.tasks(facts, at=request.now) if self.allows(permissions.RUN_ELECTION) else [],
            ways=desk.ways_for_members(facts, at=request.now) if self.allows(permissions.VOTE) else [],
            place=queries.ballot_place(self.election, member_refs=self.my_references()),
            turnout=queries.turnout_band(self.election) if facts.stage is Stage.OPEN else "",
            may_see_roll=self.allows(permissions.SEE_ROLL) and facts.roll is not None,
            may_see_nominations=self.allows(permissions.SEE_NOMINATIONS) and facts.stage is not Stage.DRAFT,
            may_key=self.allows(permissions.KEY_PAPERS) and facts.stage in {Stage.OPEN, Stage.CLOSED},
            may_run=self.allows(permissions.RUN_ELECTION),
            may_change=facts.stage in {Stage.DRAFT, Stage.NOTICE_GIVEN, Stage.NOMINATIONS_CLOSED, Stage.OPEN},
            shows_count=facts.stage is Stage.DECLARED
            or (facts.stage in {Stage.CLOSED, Stage.COUNTED} and self.allows(permissions.RUN_ELECTION)),
            is_over=facts.stage in {Stage.DECLARED, Stage.ABANDONED},
        )


class PublicPage(ElectionView):
    """What anyone may know of an election: dates, candidates, how it is counted, the result."""

    access = PUBLIC
    template_name = "voting/public.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        if self.election.at_stage is Stage.DRAFT:
            return self.page("voting/not_public.html", status=404)
        return self.page(**_face(self.election, at=request.now))


def _face(election: Election, *, at: datetime) -> dict:
    """What every page of an election shows: stage, dates, candidates where they are known, the result."""
    declaration = Declaration.objects.filter(election=election).select_related("count").first()
    known = election.at_stage not in {Stage.DRAFT, Stage.NOTICE_GIVEN}
    counted = declaration is not None and declaration.count is not None
    return {
        "version_text": f"Version {election.constitution_version} of the constitution",
        "of_voters": f"of {declaration.voters} on the roll" if counted else "",
        "table": table_of(declaration.count) if counted else None,
        "stage": election.at_stage,
        "tone": desk.tone_of(election.at_stage),
        "dates": queries.lines_of(election, at=at),
        "candidates": queries.candidates(election) if known else [],
        "candidates_known": known,
        "how_counted": desk.how_counted(election),
        "declaration": declaration,
        "elected": queries.declared_names(declaration) if declaration else [],
        "rejected": desk.rejected_lines(declaration.count) if counted else [],
        "papers_missing": election.papers_missing_because,
    }


class Dates(ElectionView):
    """The timetable with its reasons; the returning officer sets another date here, and says why."""

    access = permissions.SEE_ELECTION
    template_name = "voting/dates.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        return self.show(None)

    def show(self, form: DateChangeForm | None, *, status: int = 200) -> HttpResponse:
        may_change = self.allows(permissions.RUN_ELECTION) and self.election.at_stage in {
            Stage.DRAFT,
            Stage.NOTICE_GIVEN,
            Stage.NOMINATIONS_CLOSED,
            Stage.OPEN,
        }
        if form is None and may_change:
            form = DateChangeForm(initial={"at": self.election.close_at})
        dates = queries.lines_of(self.election, at=self.request.now)
        return self.page(status=status, form=form, dates=dates, may_change=may_change)


class ChangeDate(Dates):
    """Set another date."""

    access = permissions.RUN_ELECTION

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        form = DateChangeForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        actions.change_date(
            election=self.election,
            step=Step(form.cleaned_data["step"]),
            to=form.moment,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.now,
        )
        return self.to("dates")


class BringForward(VerbView):
    """Let a date fall now, with a reason."""

    access = permissions.RUN_ELECTION
    said = "The date falls now. The reason is on the page of dates."

    def act(self, **kwargs: str) -> None:
        form = BringForwardForm(self.request.POST)
        if not form.is_valid():
            raise actions.ElectionRefused("Say why the date is brought forward: the reason is published with it.")
        actions.bring_forward(
            election=self.election,
            step=Step(form.cleaned_data["step"]),
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=self.request.now,
        )


class GiveNotice(VerbView):
    access = permissions.RUN_ELECTION
    said = "Notice is given. Nominations are open, and anyone can see the election’s public page."

    def act(self, **kwargs: str) -> None:
        actions.give_notice(election=self.election, by=self.request.user, at=self.request.now)


class CloseNominations(VerbView):
    access = permissions.RUN_ELECTION
    said = "Nominations are closed."

    def act(self, **kwargs: str) -> None:
        actions.close_nominations(election=self.election, by=self.request.user, at=self.request.now)


class FreezeRoll(VerbView):
    access = permissions.RUN_ELECTION
    said = "The roll is frozen."
    then = "roll"

    def act(self, **kwargs: str) -> None:
        actions.freeze_roll(election=self.election, by=self.request.user, at=self.request.now)


class OpenPoll(VerbView):
    access = permissions.RUN_ELECTION
    said = "Voting is open."

    def act(self, **kwargs: str) -> None:
        actions.open_poll(election=self.election, by=self.request.user, at=self.request.now)


class ClosePoll(VerbView):
    access = permissions.RUN_ELECTION
    said = "Voting is closed."

    def act(self, **kwargs: str) -> None:
        actions.close_poll(election=self.election, by=self.request.user, at=self.request.now)


class AbandonPage(ElectionView):
    """Asks for the reason before an election is given up."""

    access = permissions.RUN_ELECTION
    template_name = "voting/abandon.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        return self.page(form=ReasonForm())


class Abandon(ElectionView):
    access = permissions.RUN_ELECTION

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.page("voting/abandon.html", status=422, form=form)
        actions.abandon(election=self.election, reason=form.cleaned_data["reason"], by=request.user, at=request.now)
        return self.to("election")
