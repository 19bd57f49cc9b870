"""Papers as PDF, Word and xlsx."""
