"""Of what stands beside a form: which field a reason speaks of, and which fields the
notice names.
"""
