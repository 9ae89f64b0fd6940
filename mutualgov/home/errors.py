"""What a person sees when a request makes no sense."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. An address with a host name that is not ours gets a page that says where the site is."""
    if isinstance(exception, DisallowedHost):
        context = {"host": request.META.get("HTTP_HOST", ""), "site": settings.SITE_ADDRESS}
        return render(request, "home/unknown_host.html", context, status=400)
    return render(request, "400.html", status=400)
