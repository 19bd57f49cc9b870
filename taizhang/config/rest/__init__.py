"""What of the system is read and written over HTTP besides the ledgers, by the same queries,
actions and rights as the pages.
"""
