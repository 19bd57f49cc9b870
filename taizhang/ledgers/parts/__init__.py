"""Rows below a record, as people write them: one a line, one a person, one a month."""
