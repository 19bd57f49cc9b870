"""What changes verdicts: checks, dismissals, reminders."""
