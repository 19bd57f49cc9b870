"""One entry, many uses: what belongs to a record."""
