"""One record: made, corrected, withdrawn, found again."""
