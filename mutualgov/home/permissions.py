"""Who may do what at the front of house."""

from mutualgov.access.permissions import OFFICERS, permission

SEE_AUDIT = permission("audit.see", "Read the audit chain", OFFICERS)
START_MUTUAL = permission("site.start_mutual", "Start a mutual", signed_in=True)
