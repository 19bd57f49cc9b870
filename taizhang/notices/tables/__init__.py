"""Tables of a notice: what their columns mean."""
