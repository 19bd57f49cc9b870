"""What the headers of a list say of the cells below them besides the field."""
