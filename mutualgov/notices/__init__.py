"""Letters and e-mail, with proof of what was sent to whom and when."""
