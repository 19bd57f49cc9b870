"""How branches stood at each check of everybody: kept small with the run, read as what changed and
as a curve.
"""
