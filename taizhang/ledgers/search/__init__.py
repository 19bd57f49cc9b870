"""The search, and rebuilding of its index."""
