"""How a round stands, what waits, and what became of the last round's problems."""
