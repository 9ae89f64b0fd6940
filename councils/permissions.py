from mutualgov.access.permissions import EVERYONE_INSIDE, Role, permission

SEE = permission("councils.see", "See who sits", EVERYONE_INSIDE)
MANAGE = permission("councils.manage", "Fill seats and end terms", {Role.SECRETARY})
