"""Mutual (a tenant), the scope, and TenantModel: one mutual never sees another."""
