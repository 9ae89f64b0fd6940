"""Starting a mutual."""

from datetime import datetime

from django.db import transaction

from mutualgov.access.actions import grant_role
from mutualgov.access.permissions import Role
from mutualgov.accounts.models import User
from mutualgov.constitution.actions import found_mutual
from mutualgov.core.clock import uk_date
from mutualgov.tenancy.models import Mutual
from mutualgov.tenancy.scope import acting_in


@transaction.atomic
def start_mutual(*, text: str, by: User, at: datetime) -> Mutual:
    """Found the mutual that a constitution describes, from today; whoever does it becomes its first secretary.

    Raises what ``found_mutual`` raises: WrongConstitution with every problem, FoundingRefused for a key that is taken.
    """
    today = uk_date(at)
    mutual = found_mutual(text=text, founded_on=today, by=by, at=at)
    with acting_in(mutual):
        grant_role(user=by, role=Role.SECRETARY, from_on=today, by="founding", at=at)
    return mutual
