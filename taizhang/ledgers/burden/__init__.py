"""减负: measuring what entering ledgers costs."""
