"""What the databases need: counts for the planner, migrations in one step, SQLite's writers in a
row.
"""
