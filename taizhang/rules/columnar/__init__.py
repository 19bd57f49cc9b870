"""All branches at once: what each kind of rule finds, said in columns for DuckDB.

`compiler` makes SQL of rules and is all that needs Ibis; `run` asks it. Nobody knows this package
but the engine of `checks`.
"""
