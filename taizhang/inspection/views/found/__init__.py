"""Pages of problems: one, lists of them, and acts for many."""
