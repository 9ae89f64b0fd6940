"""What the councils ask of the secretary now."""

from django.urls import NoReverseMatch, reverse
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
    return [_need(mutual, vacancy) for vacancy in queries.vacancies(on=uk_date(asker.at))]


def _need(mutual: str, vacancy: Vacancy) -> Need:
    count, name = vacancy.count, vacancy.name
    if vacancy.how == "elected":
        title = ngettext(
            "Call an election for %(count)d vacant seat: %(name)s",
            "Call an election for %(count)d vacant seats: %(name)s",
            count,
        )
        url = call_url(mutual, vacancy.body_key, vacancy.seat_key)
    else:
        title = ngettext("Fill %(count)d vacant seat: %(name)s", "Fill %(count)d vacant seats: %(name)s", count)
        url = ""
    return Need(
        title=title % {"count": count, "name": name},
        url=url or reverse("councils:body", kwargs={"mutual": mutual, "body_key": vacancy.body_key}),
        hint=_("In %(body)s; %(route)s.") % {"body": vacancy.body_name, "route": vacancy.route},
    )


def call_url(mutual: str, body_key: str, seat_key: str) -> str:
    """Where an election for a seat is called; empty where this site has no such page."""
    try:
        return f"{reverse('voting:call', kwargs={'mutual': mutual})}?seat={body_key}.{seat_key}"
    except NoReverseMatch:
        return ""
