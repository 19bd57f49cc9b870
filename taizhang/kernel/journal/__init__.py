"""What the journal rests on: its chain, its guards in the database, the file with its head, its
labels.
"""
