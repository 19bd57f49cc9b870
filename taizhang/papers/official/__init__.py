"""Official papers by GB/T 9704-2012, as plain data."""
