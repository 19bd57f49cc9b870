"""After a save: what is judged again, and how it is stored."""
