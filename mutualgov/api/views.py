"""The base of every JSON view."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse

from mutualgov.access.views import MutualView
from mutualgov.core.rulings import Refusal


class ApiView(MutualView, abstract=True):
    """A JSON view of one mutual, with a page's manners: 404 for outsiders, 403 for members who may not.

    Errors have one shape: ``{"error": {"code": "refused", "rule": "…", "reason": "…"}}``.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.access.public and not request.user.is_authenticated:
            return error("not_signed_in", "Sign in first.", status=401)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            return error("not_found", "There is no such thing here.", status=404)
        except PermissionDenied:
            return error("not_allowed", "This login may not see this.", status=403)

    def refused(self, refusal: Refusal) -> JsonResponse:
        return error("refused", refusal.reason, rule=refusal.rule, status=409)


def error(code: str, reason: str, *, status: int, rule: str = "") -> JsonResponse:
    return JsonResponse({"error": {"code": code, "rule": rule, "reason": reason}}, status=status)
