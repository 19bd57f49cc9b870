"""Work that outlives a request: one table, workers that hold what they do by a lease (ADR 49)."""
