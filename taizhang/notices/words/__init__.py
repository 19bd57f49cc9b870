"""What single words of a notice are: labels and seats, persons, posts and units."""
