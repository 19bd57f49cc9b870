"""The manual within the product: its chapters, which page each belongs to, and for whom it is."""
