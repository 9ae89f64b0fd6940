"""Who signed in. A login is not a member: it may serve several mutuals, and a member may have none."""
