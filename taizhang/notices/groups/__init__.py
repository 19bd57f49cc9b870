"""Areas, units, sessions and teams, in tables, sentences and outlines."""
