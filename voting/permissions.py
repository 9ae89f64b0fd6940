"""What may be done in this room, and by whom."""

from mutualgov.access.permissions import EVERYONE_INSIDE, OFFICERS, Role, permission

SEE_ELECTION = permission("voting.see_election", "See elections", EVERYONE_INSIDE)
CALL_ELECTION = permission("voting.call_election", "Call an election", {Role.SECRETARY, Role.RETURNING_OFFICER})
RUN_ELECTION = permission("voting.run_election", "Run an election", {Role.RETURNING_OFFICER})
SEE_NOMINATIONS = permission(
    "voting.see_nominations", "See nomination forms", {Role.RETURNING_OFFICER, Role.SCRUTINEER}
)
SEE_ROLL = permission("voting.see_roll", "See the roll of an election", OFFICERS - {Role.CHAIR})
KEY_PAPERS = permission("voting.key_papers", "Key voting papers", OFFICERS - {Role.CHAIR})
STAND = permission("voting.stand", "Stand in an election", {Role.MEMBER})
VOTE = permission("voting.vote", "Vote", {Role.MEMBER})
