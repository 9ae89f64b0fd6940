"""Who may read what was sent."""

from mutualgov.access.permissions import Role, permission

SEE_NOTICES = permission("notices.see", "See what was sent to whom", {Role.SECRETARY, Role.RETURNING_OFFICER})
