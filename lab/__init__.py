"""The laboratory: faults of every rule, facts at any size, benches, drills and mutants. Nothing
here is installed.
"""
