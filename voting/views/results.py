"""The count, stage by stage; the lot; the declaration."""

import re
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from mutualgov.access.requests import PageRequest

from .. import actions, desk, permissions, queries
from ..count_sheet import chart_of, table_of
from ..forms import LotForm
from ..lifecycle import Stage
from ..models import Count, Lot
from ..tally import OpenTie
from .common import ElectionView, VerbView


class CountPage(ElectionView):
    """The count as the returning officer sees it before declaring, and everybody afterwards."""

    access = permissions.SEE_ELECTION
    template_name = "voting/count.html"

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        if self.election.at_stage is not Stage.DECLARED and not self.allows(permissions.RUN_ELECTION):
            return self.page("voting/not_declared.html")
        return self.show(None)

    def show(self, form: LotForm | None, *, status: int = 200) -> HttpResponse:
        count = queries.latest_count(self.election)
        names = {candidate.option: candidate.name for candidate in queries.candidates(self.election)}
        tie = count.stopped_at if count and self.election.at_stage is Stage.CLOSED else None
        return self.page(
            status=status,
            count=count,
            form=(form or _lot_form(tie, names)) if tie else None,
            tie_sentence=_with_names(tie.sentence, names) if tie else "",
            elected=[names[option] for option in count.elected] if count else [],
            rejected=desk.rejected_lines(count) if count else [],
            lots=[(lot, [names[o] for o in lot.among], [names[o] for o in lot.drawn]) for lot in self.lots()],
            may_declare=self.allows(permissions.RUN_ELECTION) and self.election.at_stage is Stage.COUNTED,
            **_sheet(count if count and count.sheet else None, is_ranked=self.election.is_ranked),
        )

    def lots(self) -> list[Lot]:
        return list(Lot.objects.filter(election=self.election))


def _with_names(sentence: str, names: dict[str, str]) -> str:
    """The counting room knows candidates by their ids; people by their names."""
    return re.sub(r"\bc\d+\b", lambda found: names.get(found[0], found[0]), sentence)


def _sheet(count: Count | None, *, is_ranked: bool) -> dict[str, Any]:
    """The table and the chart of a complete count."""
    if count is None:
        return {}
    return {
        "table": table_of(count),
        "chart": chart_of(count),
        "chart_caption": "First preferences" if is_ranked else "Votes",
        "chart_mark": int(Decimal(count.sheet["quota"])) if count.sheet["quota"] else None,
    }


def _lot_form(tie: OpenTie, names: dict[str, str], data: Any = None) -> LotForm:
    return LotForm(
        data,
        among=[(option, names[option]) for option in tie.among],
        places=tie.places,
        purpose=PURPOSES.get(tie.purpose, ""),
    )


PURPOSES = {
    "exclusion": "to be excluded",
    "surplus": "to have their surplus passed on first",
    "seat": "to be elected",
    "order": "to come first in the order of election",
}


class CountVotes(VerbView):
    access = permissions.RUN_ELECTION
    then = "count"

    def act(self, **kwargs: str) -> str:
        count = actions.count_votes(election=self.election, by=self.request.user, at=self.request.now)
        return "The count has stopped at a tie." if count.tie else "The votes are counted. Nobody else sees this yet."


class RecordLot(CountPage):
    """Puts the lot on record and counts again."""

    access = permissions.RUN_ELECTION

    def get(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        return self.http_method_not_allowed(request)

    def post(self, request: PageRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        count = queries.latest_count(self.election)
        tie = count.stopped_at if count else None
        if tie is None:
            raise actions.ElectionRefused("No tie waits for a lot.")
        names = {candidate.option: candidate.name for candidate in queries.candidates(self.election)}
        form = _lot_form(tie, names, request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        again = actions.record_lot(
            election=self.election,
            drawn=form.cleaned_data["drawn"],
            how=form.cleaned_data["how"],
            by=request.user,
            at=request.now,
        )
        said = "The lot is recorded. The count has stopped at another tie." if again.tie else "The count is complete."
        messages.success(request, said)
        return self.to("count")


class Declare(VerbView):
    access = permissions.RUN_ELECTION
    said = "The result is declared."

    def act(self, **kwargs: str) -> None:
        actions.declare_result(election=self.election, by=self.request.user, at=self.request.now)
