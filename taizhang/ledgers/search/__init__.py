"""The search, and its index made anew."""
