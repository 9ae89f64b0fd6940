"""Choose, check, cast, receipt: four pages, one thing on each; all of it works without a script.

What a voter has chosen travels in the page itself, from one step to the next. Nothing of it is kept before the last.
"""

import secrets
from typing import Any

from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from mutualgov.access.requests import PageRequest
from mutualgov.tenancy.scope import reading_in

from .. import actions, permissions, queries
from ..forms import VoteForm
from ..lifecycle import Step
from ..models import Nomination
from .common import ElectionView


class BallotView(ElectionView, abstract=True):
    """A step of voting. Not for whoever is not on the roll, has voted, or comes too early or too late."""

    access = permissions.VOTE
    candidates: list[Nomination]

    def prepare(self, reference: str) -> HttpResponse | None:
        """Find the election and the voter; a response where this voter cannot go on."""
        self.election = actions.follow_clock(election=self.find(reference), at=self.request.now)
        self.candidates = queries.candidates(self.election)
        self.place = queries.ballot_place(self.election, member_refs=self.my_references())
        obstacles = actions.obstacles_to_voting(self.election, at=self.request.now)
        if self.place is None:
            return self.page("voting/not_on_the_roll.html")
        if self.place.has_voted:
            return self.page("voting/has_voted.html", place=self.place, closes=self.closes)
        if obstacles:
            return self.page("voting/cannot.html", obstacles=obstacles, doing="Vote")
        return None

    @property
    def closes(self) -> Any:
        return queries.dates_of(self.election)[Step.CLOSE]

    def form(self, data: Any = None, **kwargs: Any) -> VoteForm:
        return VoteForm(data, election=self.election, candidates=self.candidates, **kwargs)

    def chosen_names(self, form: VoteForm) -> list[str]:
        names = {candidate.option: candidate.name for candidate in self.candidates}
        return [names[option] for option in form.answer.chosen]


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class Vote(BallotView):
    """Choose. A POST is the check page's "Change": the choices come back as they were."""

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.prepare(reference) or self.choose(self.form(), submission=secrets.token_hex(32))

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.prepare(reference) or self.choose(self.form(request.POST), submission=_submission(request))

    def choose(self, form: VoteForm, *, submission: str, status: int = 200) -> HttpResponse:
        return self.page(
            "voting/vote.html",
            status=status,
            form=form,
            submission=submission,
            closes=self.closes,
            candidates=self.candidates,
        )


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class CheckVote(Vote):
    """Check what will be cast. Nothing is kept here."""

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        stopped = self.prepare(reference)
        if stopped is not None:
            return stopped
        form = self.form(request.POST)
        submission = _submission(request)
        if not form.is_valid():
            return self.choose(form, submission=submission, status=422)
        left = len(self.candidates) - len(form.answer.chosen)
        return self.page(
            "voting/vote_check.html",
            chosen=self.chosen_names(form),
            sent=_fields(request),
            submission=submission,
            left=left if self.election.is_ranked else 0,
            closes=self.closes,
        )


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class CastVote(BallotView):
    """Cast. Pressed twice, or sent again after an interruption, it is the same vote, with the same receipt."""

    own_transactions = True

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        with reading_in(self.mutual):
            self.election = self.find(reference)
            self.candidates = queries.candidates(self.election)
            place = queries.ballot_place(self.election, member_refs=self.my_references())
            if place is None:
                return self.page("voting/not_on_the_roll.html")
        form = self.form(request.POST)
        if not form.is_valid():
            raise actions.ElectionRefused("This ballot is not filled in as it can be counted. Go back and change it.")
        receipt = actions.cast_vote(
            election=self.election,
            member_ref=place.entry.member_ref,
            answer=form.answer,
            submission=_submission(request),
            at=request.now,
        )
        with reading_in(self.mutual):
            return self.page(
                "voting/receipt.html", receipt=receipt, closes=self.closes, on=request.today, due=self.due()
            )

    def due(self) -> Any:
        return queries.dates_of(self.election)[Step.DECLARE]


def _submission(request: PageRequest) -> str:
    """The random id the ballot page carries; one that is not of our making would be guessable, and is refused."""
    found = request.POST.get("submission", "")
    if len(found) != 64 or not set(found) <= set("0123456789abcdef"):
        raise actions.ElectionRefused("This ballot page is incomplete. Open it again from the election’s page.")
    return found


def _fields(request: PageRequest) -> list[tuple[str, str]]:
    """The choices as the page sent them, to travel on."""
    return [
        (name, value) for name, values in request.POST.lists() if name.startswith("chosen") for value in values if value
    ]
