"""Feeds that say that something moved; group names; publishing on commit."""
