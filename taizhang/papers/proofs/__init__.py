"""The proof on an official paper: what it says, of which words, and by which key it is signed (ADR
86).
"""
