"""The roll."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from .. import permissions, queries
from ..lifecycle import Stage
from .common import ElectionView

LINES = 100


class Roll(ElectionView):
    """Who may vote. Who has voted is shown once voting has closed, and not before, to nobody."""

    access = permissions.SEE_ROLL
    template_name = "voting/roll.html"

    def get(self, request: HttpRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        lines = queries.roll_lines(self.election)
        over = self.election.at_stage in {Stage.CLOSED, Stage.COUNTED, Stage.DECLARED}
        return self.page(
            sheet=Paginator(lines, LINES).get_page(request.GET.get("page")),
            voters=len(lines),
            voted=sum(1 for line in lines if line.channel) if over else None,
            tells_who_voted=over,
        )


class RollFile(ElectionView):
    """The roll as a file: for the labels of envelopes."""

    access = permissions.SEE_ROLL

    def get(self, request: HttpRequest, reference: str, **kwargs: str) -> HttpResponse:
        self.election = self.find(reference)
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="roll-{self.election.reference}.csv"'
        writer = csv.writer(response)
        writer.writerow(["Voter number", "Membership", "Name"])
        for line in queries.roll_lines(self.election):
            writer.writerow([line.voter_number, line.member_ref, _harmless(line.name)])
        return response


def _harmless(cell: str) -> str:
    """Text that a spreadsheet does not run as a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
