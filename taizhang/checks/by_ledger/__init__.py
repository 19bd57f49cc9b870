"""What stands against each kind of ledger, over all branches."""
