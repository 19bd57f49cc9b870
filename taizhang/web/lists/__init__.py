"""Lists as people know them, and what somebody keeps of them."""
