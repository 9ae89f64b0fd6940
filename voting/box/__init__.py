"""The ballot box: its own database, in which nothing points at a person, a time or an order."""
