"""现场 without any network: a sealed file that goes along on a stick, and the sealed bundle that
comes back.
"""
