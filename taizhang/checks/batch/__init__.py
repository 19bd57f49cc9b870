"""Facts in files judged in parts: on one machine, or on a cluster."""
