"""The papers of a round and of its units."""
