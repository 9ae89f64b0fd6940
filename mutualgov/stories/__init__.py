"""Played stories: a mutual's business from end to end, through the same actions as the pages, and the demonstration."""
