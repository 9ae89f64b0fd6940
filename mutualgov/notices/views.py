"""Pages: what was sent to whom, samples of every notice, and the post room of the embedded default."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from mutualgov.access.permissions import PUBLIC
from mutualgov.access.views import MutualView, SiteView
from mutualgov.audit.words import names_of

from .letters import letter_kinds, written
from .permissions import SEE_NOTICES
from .queries import notices, post_room

PAGE = 50


class Notices(MutualView):
    """Proof of sending: to whom, what, when, and what became of it."""

    access = SEE_NOTICES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = Paginator(notices(), PAGE).get_page(request.GET.get("page"))
        labels = {kind.key: kind.label for kind in letter_kinds()}
        names = names_of(notice.to for notice in page)
        rows = [
            (notice, names.get(notice.to, notice.to), labels.get(notice.template, notice.template)) for notice in page
        ]
        return self.page("notices/notices.html", page=page, rows=rows)


class Samples(MutualView):
    """Every notice there is, as it would read."""

    access = SEE_NOTICES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        samples = [
            (kind, written(kind.key, kind.sample, mutual=self.mutual, name="Rita Reed")) for kind in letter_kinds()
        ]
        return self.page("notices/samples.html", samples=samples)


class _PostRoomView(SiteView, abstract=True):
    """Open to anybody who can reach the embedded default, which only serves its own machine; elsewhere not there."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.EMBEDDED:
            raise Http404("a real site has no post room")
        return super().dispatch(request, *args, **kwargs)


class PostRoom(_PostRoomView):
    """All mail of the embedded default, the latest first."""

    access = PUBLIC

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        to = request.GET.get("to", "")
        page = Paginator(post_room(to=to), PAGE).get_page(request.GET.get("page"))
        return self.page("notices/post_room.html", page=page, to=to)


class PostRoomLetterPage(_PostRoomView):
    """One letter."""

    access = PUBLIC

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        return self.page("notices/letter.html", letter=get_object_or_404(post_room(), pk=number))
