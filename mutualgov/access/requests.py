"""What a request carries here besides Django's own; the views of this room put it there."""

from datetime import date, datetime

from django.http import HttpRequest

from mutualgov.accounts.models import User
from mutualgov.tenancy.models import Mutual

from .permissions import Role


class PageRequest(HttpRequest):
    """A request as a page sees it. Never made: a type for the attributes that ``DeclaredView`` and ``MutualView`` set.

    now, today    when it is asked; nothing below a view reads the clock
    user          the login; only a page that is open to strangers may find nobody signed in
    mutual, roles in a MutualView: whose page it is, and what the login is there
    """

    user: User
    now: datetime
    today: date
    mutual: Mutual
    roles: frozenset[Role]
