"""Marks that lead from paper to the ledger: what they say, how they are drawn, and what a scan
shows of them.
"""
