"""The pages of the verdicts."""
