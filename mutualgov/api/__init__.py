"""JSON views: the shape of an answer and of an error."""
