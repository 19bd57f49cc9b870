"""The form of a record beyond its fields: rows below it, a copy of another, several at once."""
