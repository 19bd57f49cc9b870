"""From bytes to documents: pieces, labels, which ledger, what is proposed."""
