"""The pages of all ledgers, and their API."""
