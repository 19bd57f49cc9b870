"""What a backup copies, and what the store of evidence holds."""
