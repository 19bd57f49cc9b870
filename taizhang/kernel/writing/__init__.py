"""Days, hours, amounts, numbers of persons: as people and papers write them."""
