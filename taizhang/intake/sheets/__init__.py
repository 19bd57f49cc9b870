"""The sheets workbench: a list of one ledger is looked through and mended as a grid before anything
is stored.
"""
