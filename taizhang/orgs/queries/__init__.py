"""Questions about organisations, persons, accounts and the calendar, by noun."""
