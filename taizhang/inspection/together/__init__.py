"""Acts on many findings at once, with one reason."""
