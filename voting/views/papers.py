"""The paper desk: envelopes are marked on the roll, then the papers in them are keyed by two people."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from mutualgov.access.requests import PageRequest

from .. import actions, permissions, queries
from ..forms import EnvelopesForm, PapersForm, ReasonForm
from ..lifecycle import Verb, obstacles_to
from ..models import PaperBatch
from ..papers import OnPaper
from .common import ElectionView, VerbView


class Papers(ElectionView):
    """How far the papers are: envelopes, batches, what is missing."""

    access = permissions.KEY_PAPERS
    template_name = "voting/papers.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        return self.show(None)

    def show(self, form: EnvelopesForm | None, *, status: int = 200) -> HttpResponse:
        facts = queries.facts_of(self.election, at=self.request.now)
        batches = PaperBatch.objects.filter(election=self.election).select_related("keyed_by", "confirmed_by")
        marks = not obstacles_to(Verb.MARK_PAPER_RETURNS, facts, at=self.request.now)
        return self.page(
            status=status,
            form=(form or EnvelopesForm()) if marks and self.allows(permissions.RUN_ELECTION) else None,
            facts=facts,
            batches=batches,
            me=self.request.user,
            obstacles=obstacles_to(Verb.KEY_PAPER_BATCH, facts, at=self.request.now),
            missing=facts.paper_marks - facts.papers_entered,
            reason_form=ReasonForm(auto_id="why_%s"),
            may_run=self.allows(permissions.RUN_ELECTION),
        )


class MarkEnvelopes(Papers):
    """Marks the voters whose envelopes came back."""

    access = permissions.RUN_ELECTION

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        form = EnvelopesForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        done = actions.mark_paper_returns(
            election=self.election, voter_numbers=form.voter_numbers, by=request.user, at=request.now
        )
        messages.success(request, f"{done.marked} envelope{'' if done.marked == 1 else 's'} marked on the roll.")
        if done.refused:
            messages.warning(
                request,
                f"Already marked as having voted: {', '.join(done.refused)}. The vote marked first counts: keep these "
                "envelopes unopened.",
            )
        if done.unknown:
            messages.error(request, f"Not on this roll: {', '.join(done.unknown)}. Check the numbers.")
        return self.to("papers")


class KeyView(ElectionView, abstract=True):
    """Keying a pile, the first or the second time."""

    access = permissions.KEY_PAPERS

    def papers_form(self, *data: object) -> PapersForm:
        standing = queries.candidates(self.election)
        return PapersForm(
            *data,
            candidates=[OnPaper(c.option, c.number or 0, c.name) for c in standing],
            style=self.election.style(tuple(c.option for c in standing)),
        )

    def key_page(self, template: str, form: PapersForm, *, status: int = 200, **more: object) -> HttpResponse:
        return self.page(template, status=status, form=form, candidates=queries.candidates(self.election), **more)


class KeyBatch(KeyView):
    """The first copy."""

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        facts = queries.facts_of(self.election, at=request.now)
        obstacles = obstacles_to(Verb.KEY_PAPER_BATCH, facts, at=request.now)
        if obstacles:
            return self.page("voting/cannot.html", obstacles=obstacles, doing="Key papers")
        return self.key_page("voting/key_batch.html", self.papers_form())


class KeepBatch(KeyView):
    """Keeps the first copy."""

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        form = self.papers_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.key_page("voting/key_batch.html", form, status=422)
        batch = actions.key_paper_batch(
            election=self.election, papers=form.keyed.papers, by=request.user, at=request.now
        )
        messages.success(
            request, f"Batch {batch.reference} of {batch.papers} papers is kept. Somebody else now keys it again."
        )
        return self.to("papers")


class ConfirmBatch(KeyView):
    """The second copy, by somebody else."""

    def get(self, request: PageRequest, reference: str, batch: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        found = self.batch(batch)
        if found.keyed_by_id == request.user.pk:
            return self.page("voting/own_batch.html", batch=found)
        return self.key_page("voting/confirm_batch.html", self.papers_form(), batch=found)

    def batch(self, reference: str) -> PaperBatch:
        found = PaperBatch.objects.filter(election=self.election, reference=reference).first()
        if found is None:
            raise Http404(f"no batch {reference}")
        return found


class CompareBatch(ConfirmBatch):
    """Compares the copies; where they agree the ballots go into the box."""

    def get(self, request: PageRequest, reference: str, batch: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, batch: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        found = self.batch(batch)
        form = self.papers_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.key_page("voting/confirm_batch.html", form, status=422, batch=found)
        try:
            actions.confirm_paper_batch(
                batch=found, papers=form.keyed.papers, lines=form.keyed.lines, by=request.user, at=request.now
            )
        except actions.CopiesDiffer as differ:
            return self.page("voting/copies_differ.html", status=409, differ=differ, batch=found)
        messages.success(request, f"The two copies of batch {found.reference} agree. The papers are in the ballot box.")
        return self.to("papers")


class DiscardBatch(ConfirmBatch):
    """Throws the first copy away."""

    def get(self, request: PageRequest, reference: str, batch: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, batch: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        found = self.batch(batch)
        actions.discard_paper_batch(batch=found, reason=request.POST.get("reason", ""), by=request.user, at=request.now)
        messages.success(request, f"Batch {found.reference} is discarded. Key the pile again.")
        return self.to("papers")


class ExplainMissing(VerbView):
    """Why papers are missing."""

    access = permissions.RUN_ELECTION
    said = "The reason is recorded and will be published with the result."
    then = "papers"

    def act(self, **kwargs: str) -> None:
        actions.explain_missing_papers(
            election=self.election,
            reason=self.request.POST.get("reason", ""),
            by=self.request.user,
            at=self.request.now,
        )
