"""What the ledgers have of oneself, and objecting to it."""
