"""Acts on many records of a list at once."""
