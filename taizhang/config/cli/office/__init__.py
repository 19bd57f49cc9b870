"""Commands about ledgers, checks, notices and papers."""
