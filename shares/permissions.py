"""Who may do what with shares.

Members of a society may not inspect each other's shares (CCBSA 2014 s.30(7) and (8)), so the ledger is the officers';
everyone sees their own holding and the totals.
"""

from mutualgov.access.permissions import EVERYONE_INSIDE, Role, permission

SEE_LEDGER = permission("shares.see_ledger", "See the share register", {Role.SECRETARY, Role.CHAIR, Role.SCRUTINEER})
SEE_OWN = permission("shares.see_own", "See your own shares", EVERYONE_INSIDE)
MOVE = permission("shares.move", "Allot, transfer, cancel and reverse shares", {Role.SECRETARY})
