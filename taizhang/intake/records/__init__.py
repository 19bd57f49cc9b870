"""What a document says, as records of a ledger for somebody to confirm."""
