"""What is printed, as plain data: the book, one record, elections, ballots."""
