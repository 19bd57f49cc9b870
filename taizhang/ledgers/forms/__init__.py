"""Rows below a record in its form."""
