"""The command line: which commands there are, what they say of themselves, and how they are reached."""
