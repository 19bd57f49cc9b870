"""What people write into a cell or a box: lists, persons, the cells of a sheet."""
