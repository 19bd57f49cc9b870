"""Verdicts of all branches at once, as columns."""
