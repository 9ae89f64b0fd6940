"""Who may read the rules, and who may put a new version on record."""

from mutualgov.access.permissions import EVERYONE_INSIDE, Role, permission

SEE_RULES = permission("constitution.see_rules", "Read the rule book", EVERYONE_INSIDE)
ADOPT_RULES = permission(
    "constitution.adopt_rules", "Put a new version of the constitution on record", {Role.SECRETARY}
)
