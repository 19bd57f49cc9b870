"""What changes organisations, accounts and the calendar, by noun."""
