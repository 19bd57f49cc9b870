"""What was withdrawn by mistake comes back; what hangs on a record is seen before it is
withdrawn.
"""
