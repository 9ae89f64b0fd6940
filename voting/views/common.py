"""What the pages of elections share."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from members.queries import memberships_of
from mutualgov.access.requests import PageRequest
from mutualgov.access.views import MutualView

from .. import queries
from ..models import Election
from ..queries.elections import NoSuchElection


class ElectionView(MutualView, abstract=True):
    """A page of one election; ``self.election`` is found before the handler runs."""

    election: Election

    def find(self, reference: str) -> Election:
        try:
            return queries.election(reference)
        except NoSuchElection as missing:
            raise Http404(f"no election {missing}") from missing

    def url(self, name: str, **more: str) -> str:
        return reverse(
            f"voting:{name}", kwargs={"mutual": self.mutual.key, "reference": self.election.reference, **more}
        )

    def to(self, name: str, **more: str) -> HttpResponse:
        return redirect(self.url(name, **more))

    def page(self, template_name: str = "", *, status: int = 200, **context: Any) -> HttpResponse:
        context.setdefault("election", getattr(self, "election", None))
        return super().page(template_name, status=status, **context)

    def my_references(self) -> list[str]:
        """Memberships that this login holds today."""
        return list(memberships_of(self.request.user, on=self.request.today).values_list("reference", flat=True))


class VerbView(ElectionView, abstract=True):
    """One verb, by POST: acts, says so, and goes back to where the election stands."""

    said = ""
    then = "election"

    def post(self, request: PageRequest, reference: str, **kwargs: Any) -> HttpResponse:
        self.election = self.find(reference)
        said = self.act(**kwargs)
        messages.success(request, said or self.said)
        return self.to(self.then)

    def act(self, **kwargs: Any) -> str | None:
        """Call one action; may return what to say instead of ``said``."""
        raise NotImplementedError
