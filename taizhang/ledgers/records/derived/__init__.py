"""What is kept beside a record and made of it: lines of the search, sketches of texts, hashes of
rows.
"""
