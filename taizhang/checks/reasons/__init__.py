"""What is asked of verdicts, and how a suspicion is told."""
