"""台账: ledgers of Party branches, their checks, and inspection rounds."""
