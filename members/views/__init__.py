"""Pages of the register, of one member, of the staff feed, and of a member's own membership."""
