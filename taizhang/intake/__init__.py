"""收件: documents that a branch has already, read and proposed as records, for a person
to confirm.
"""
