"""Who belongs: people, memberships, the register of members and the staff feed that keeps it true."""
