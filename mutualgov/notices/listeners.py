"""Facts that somebody must be told of."""

from mutualgov.access.models import RoleGrant
from mutualgov.access.permissions import Role
from mutualgov.audit.models import AuditEntry
from mutualgov.audit.news import listens_to

from .actions import send_notice
from .letters import ROLE_GIVEN


@listens_to("access.role_granted")
def tell_who_was_given_a_role(entry: AuditEntry) -> None:
    """Tell an officer whom a person appointed.

    What the platform itself grants (a seed, a link between a member and a login) is told by the room that did it.
    """
    grant = RoleGrant.objects.select_related("user").get(reference=entry.subject)
    if entry.by.startswith("platform:") or grant.role == Role.MEMBER:
        return
    send_notice(
        to=grant.user,
        template=ROLE_GIVEN.key,
        context={"role": grant.role_label, "period": grant.period},
        by="notices",
        at=entry.at,
    )
