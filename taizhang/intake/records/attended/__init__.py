"""Who came and who did not, as sheets of names and days tell it."""
