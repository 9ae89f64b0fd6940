"""The append-only chain: what happened, in which order, under which rule."""
