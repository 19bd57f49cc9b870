"""How broad and how high what is printed is."""
