"""Who was chosen, and by how many."""
