"""The dues of a month."""
