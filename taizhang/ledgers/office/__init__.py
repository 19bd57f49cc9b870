"""The organisation section's pages: organisations, accounts as sheets, the calendar, the chart."""
