"""台账: ledgers of Party branches, their checks, and inspection rounds."""

__version__ = "0.12.0"
