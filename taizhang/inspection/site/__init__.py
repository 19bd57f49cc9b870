"""On site: what a device takes along, what it hands in, what was looked at."""
