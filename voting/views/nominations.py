"""Standing, and the returning officer's desk of nominations."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse

from members.queries import NoSuchMember
from mutualgov.access.requests import PageRequest
from mutualgov.core.references import tidy_reference

from .. import actions, permissions, queries
from ..actions.nominations import grounds_of
from ..forms import DecisionForm, NominationForm, PaperNominationForm
from ..lifecycle import Verb, obstacles_to
from ..models import Nomination
from .common import ElectionView

LIVE = (Nomination.State.UNDECIDED, Nomination.State.STANDS)


class Stand(ElectionView):
    """A member puts themselves forward."""

    access = permissions.STAND
    template_name = "voting/stand.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        mine = self.mine()
        if mine is not None:
            return self.to("my_nomination")
        facts = queries.facts_of(self.election, at=request.now)
        obstacles = obstacles_to(Verb.NOMINATE, facts, at=request.now)
        if obstacles:
            return self.page("voting/cannot.html", obstacles=obstacles, doing="Stand for election")
        return self.page(form=NominationForm(initial={"name": request.user.name}))

    def mine(self) -> Nomination | None:
        return self.election.nominations.filter(member_ref__in=self.my_references(), state__in=LIVE).first()


class Nominate(Stand):
    """Hands the form in."""

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        form = NominationForm(request.POST)
        if not form.is_valid():
            return self.page(status=422, form=form)
        references = self.my_references()
        if not references:
            raise actions.ElectionRefused("This login is not linked to a member, so it cannot stand.")
        actions.nominate(
            election=self.election,
            member_ref=_the_eligible(references, self.election.eligible, on=request.today),
            form=form.form,
            by=request.user,
            at=request.now,
        )
        messages.success(request, "Your nomination is in. The returning officer decides it and you can follow it here.")
        return self.to("my_nomination")


def _the_eligible(references: list[str], keys: list[str], *, on: date) -> str:
    """The membership through which a member may stand, else the first: the action then says why not."""
    from members.queries import members_in

    held = {line.reference for line in members_in(by=keys, on=on)}
    return next((reference for reference in references if reference in held), references[0])


class MyNomination(Stand):
    """The candidate's own form, and how it stands."""

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        mine = self.latest()
        if mine is None:
            return self.page("voting/no_nomination.html")
        facts = queries.facts_of(self.election, at=request.now)
        withdraws = mine.state in LIVE and not obstacles_to(Verb.WITHDRAW_NOMINATION, facts, at=request.now)
        return self.page(
            "voting/nomination.html",
            nomination=mine,
            is_mine=True,
            withdraw_url=self.url("withdraw_mine") if withdraws else "",
            rejected_because=_labels(mine.grounds),
        )

    def latest(self) -> Nomination | None:
        mine = self.election.nominations.filter(member_ref__in=self.my_references())
        return mine.order_by("-received_at", "-pk").first()


class WithdrawMine(MyNomination):
    """The candidate takes the nomination back."""

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        mine = self.mine()
        if mine is None:
            raise actions.ElectionRefused("You have no nomination in this election that could be withdrawn.")
        actions.withdraw_nomination(nomination=mine, by=request.user, at=request.now)
        messages.success(request, "Your nomination is withdrawn.")
        return self.to("election")


class NominationPage(ElectionView):
    """One nomination as the returning officer sees it, and decides it."""

    access = permissions.SEE_NOMINATIONS
    template_name = "voting/nomination.html"

    def get(self, request: PageRequest, reference: str, nomination: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        return self.show(self.nomination(nomination), None)

    def nomination(self, reference: str) -> Nomination:
        found = self.election.nominations.filter(reference=reference).first()
        if found is None:
            raise Http404(f"no nomination {reference}")
        return found

    def show(self, nomination: Nomination, form: DecisionForm | None, *, status: int = 200) -> HttpResponse:
        runs = self.allows(permissions.RUN_ELECTION)
        decides = runs and nomination.state == Nomination.State.UNDECIDED
        facts = queries.facts_of(self.election, at=self.request.now)
        withdraws = not obstacles_to(Verb.WITHDRAW_NOMINATION, facts, at=self.request.now)
        may_withdraw = runs and withdraws and nomination.state in LIVE
        return self.page(
            status=status,
            nomination=nomination,
            form=(form or DecisionForm()) if decides else None,
            lacking=grounds_of(nomination) if decides else (),
            withdraw_url=self.url("withdraw", nomination=nomination.reference) if may_withdraw else "",
            rejected_because=_labels(nomination.grounds),
        )


def _labels(grounds: list[str]) -> list[str]:
    from ..rules import Ground

    return [Ground(ground).label for ground in grounds]


class Decide(NominationPage):
    """The returning officer's decision."""

    access = permissions.RUN_ELECTION

    def get(self, request: PageRequest, reference: str, nomination: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, nomination: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        found = self.nomination(nomination)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.show(found, form, status=422)
        actions.decide_nomination(
            nomination=found, accept=form.accept, grounds=form.named, by=request.user, at=request.now
        )
        messages.success(request, f"{found.name}: the nomination {'stands' if form.accept else 'is rejected'}.")
        return self.to("nominations")


class Withdraw(NominationPage):
    """A signed request to withdraw that came on paper."""

    access = permissions.RUN_ELECTION

    def get(self, request: PageRequest, reference: str, nomination: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, nomination: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        actions.withdraw_nomination(nomination=self.nomination(nomination), by=request.user, at=request.now)
        messages.success(request, "The nomination is withdrawn.")
        return self.to("nominations")


class Nominations(ElectionView):
    """Every nomination received, with its decision."""

    access = permissions.SEE_NOMINATIONS
    template_name = "voting/nominations.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        facts = queries.facts_of(self.election, at=request.now)
        return self.page(
            nominations=list(self.election.nominations.all()),
            may_enter=self.allows(permissions.RUN_ELECTION)
            and not obstacles_to(Verb.DECIDE_NOMINATION, facts, at=request.now),
        )


class PaperNomination(ElectionView):
    """A form that came on paper, as the returning officer enters it."""

    access = permissions.RUN_ELECTION
    template_name = "voting/paper_nomination.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        return self.page(form=PaperNominationForm(initial={"received_on": request.today}))


class EnterPaperNomination(PaperNomination):
    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        form = PaperNominationForm(request.POST)
        if form.is_valid():
            try:
                actions.nominate(
                    election=self.election,
                    member_ref=tidy_reference(form.cleaned_data["member_ref"]),
                    form=form.form,
                    channel=Nomination.Channel.PAPER,
                    received_at=form.received_at,
                    by=request.user,
                    at=request.now,
                )
            except NoSuchMember:
                form.add_error("member_ref", "The register has no member with this reference.")
            else:
                messages.success(request, "The form is entered. Decide it now.")
                return self.to("nominations")
        return self.page(status=422, form=form)
