"""What the councils ask of the secretary now."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutualgov.access.queries import may
from mutualgov.core.clock import uk_date
from mutualgov.duties.needs import Asker, Need, tells_needs
from mutualgov.tenancy.scope import current_mutual

from . import permissions, queries
from .queries import Vacancy


@tells_needs
def vacancies_to_fill(asker: Asker) -> list[Need]:
    """Seats that nobody holds or that fall vacant within 90 days, with where each is filled."""
    if not may(asker.roles, permissions.MANAGE):
        return []
    mutual = current_mutual().key
    return [
        _to_call(mutual, vacancy) if vacancy.how == "elected" else _to_fill(mutual, vacancy)
        for vacancy in queries.vacancies(on=uk_date(asker.at))
        if vacancy.to_call
    ]


def _to_call(mutual: str, vacancy: Vacancy) -> Need:
    title = ngettext(
        "Call an election for %(count)d vacant seat: %(name)s",
        "Call an election for %(count)d vacant seats: %(name)s",
        vacancy.to_call,
    )
    return Need(
        title=title % {"count": vacancy.to_call, "name": vacancy.name},
        url=call_url(mutual, vacancy.path),
        hint=_hint(vacancy),
    )


def _to_fill(mutual: str, vacancy: Vacancy) -> Need:
    title = ngettext("Fill %(count)d vacant seat: %(name)s", "Fill %(count)d vacant seats: %(name)s", vacancy.count)
    return Need(
        title=title % {"count": vacancy.count, "name": vacancy.name},
        url=reverse("councils:body", kwargs={"mutual": mutual, "body_key": vacancy.body_key}),
        hint=_hint(vacancy),
    )


def _hint(vacancy: Vacancy) -> str:
    return _("In %(body)s; %(route)s.") % {"body": vacancy.body_name, "route": vacancy.route}


def call_url(mutual: str, path: str) -> str:
    """Where an election for a seat is called."""
    return f"{reverse('voting:call', kwargs={'mutual': mutual})}?seat={path}"
