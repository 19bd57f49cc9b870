"""How people read lists: columns kept for one person, filters saved by name and shared within a
unit.
"""
