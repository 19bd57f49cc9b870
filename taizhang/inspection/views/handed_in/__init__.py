"""Pages that take in what was written elsewhere than on them."""
