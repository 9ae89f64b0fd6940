"""Key figures of a mutual, each with what it is counted out of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from councils.queries import who_sits
from members.queries import memberships, running_on
from mutualgov.access.permissions import OFFICERS
from mutualgov.access.queries import role_holders
from mutualgov.constitution.queries import rulebook_in_force
from mutualgov.constitution.rulebook import Rulebook
from mutualgov.core.rulings import Refusal
from mutualgov.tenancy.scope import current_mutual
from shares.queries import share_totals
from voting.lifecycle import Stage
from voting.queries import elections


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` of what: 3, "Offices held", "of 4"."""

    value: int
    label: str
    of: str = ""
    note: str = ""


def key_figures(*, on: date) -> list[Figure]:
    """How the mutual in scope stands on a date. Before a constitution is in force there are offices only."""
    try:
        book = rulebook_in_force(on=on)
    except Refusal:
        return [_offices(on)]
    tellers: tuple[Callable[[Rulebook, date], Iterable[Figure]], ...] = (_members, _shares, _seats, _elections)
    return [figure for teller in tellers for figure in teller(book, on)] + [_offices(on)]


def _members(book: Rulebook, on: date) -> Iterable[Figure]:
    """People, since one may belong in several classes."""
    entered = memberships().values("person").distinct()
    today = entered.filter(running_on(on)).count()
    yield Figure(today, _("Members today"), _("of %s ever entered") % f"{entered.count():,}")


def _shares(book: Rulebook, on: date) -> Iterable[Figure]:
    for total in share_totals(on=on):
        yield Figure(
            total.members - total.without,
            _("Members with a %s") % total.name,
            _("of %s members") % f"{total.members:,}",
            _("%(issued)s in issue") % {"issued": f"{total.issued:,}"},
        )


def _seats(book: Rulebook, on: date) -> Iterable[Figure]:
    for body in who_sits(on=on):
        if body.own_seats:
            yield Figure(body.filled, _("Seats filled: %s") % body.name, body.total_in_words)


def _elections(book: Rulebook, on: date) -> Iterable[Figure]:
    stages = list(elections().values_list("stage", flat=True))
    over = sum(1 for stage in stages if stage in {Stage.DECLARED, Stage.ABANDONED})
    if stages:
        yield Figure(len(stages) - over, _("Elections under way"), _("of %d called") % len(stages))


def _offices(on: date) -> Figure:
    held = {grant.role for grant in role_holders(current_mutual(), on=on)} & OFFICERS
    return Figure(len(held), _("Offices held"), _("of %d") % len(OFFICERS))
