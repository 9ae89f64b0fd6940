"""Reading a constitution: from text to a tree that keeps its lines, from the tree to typed, frozen nouns."""
