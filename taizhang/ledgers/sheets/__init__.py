"""Ledgers as sheets of Excel: template, export, and what is read of a filled one."""
