"""Mutual (a tenant), the scope, and TenantModel: one mutual never sees another."""

#: Names of what the database itself enforces start with this.
GUARD_PREFIX = "mgguard_"
