"""What somebody is told in the product, until he has read it."""
