"""What hands something out."""
