"""What the pages of the verdicts show."""
