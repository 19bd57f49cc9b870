"""How lists stand in a table: within a form, beside or below one another, turned."""
