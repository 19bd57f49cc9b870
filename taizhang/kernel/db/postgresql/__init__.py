"""PostgreSQL, with its log awaited outside the journal's queue."""
