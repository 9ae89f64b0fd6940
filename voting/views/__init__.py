"""Pages of elections: translation around one query or one action."""
