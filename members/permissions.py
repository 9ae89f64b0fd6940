"""What may be done with people and the register, and by whom."""

from mutualgov.access.permissions import Role, permission

SEE_REGISTER = permission(
    "members.see_register",
    "See the register of members",
    {Role.SECRETARY, Role.CHAIR, Role.RETURNING_OFFICER, Role.SCRUTINEER},
)
KEEP_REGISTER = permission("members.keep_register", "Keep the register and the membership records", {Role.SECRETARY})
BRING_IN_STAFF = permission("members.bring_in_staff", "Bring in and approve staff files", {Role.SECRETARY})
SEE_OWN_MEMBERSHIP = permission("members.see_own", "See your own membership", {Role.MEMBER})
