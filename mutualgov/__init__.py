"""mutualgov: the platform on which a mutual runs its own democracy. The README draws the house."""
