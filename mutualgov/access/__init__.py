"""May this login? Permissions, roles from a date until a date, and the views that ask before they answer."""
