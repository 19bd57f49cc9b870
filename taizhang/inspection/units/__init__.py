"""The units of a round and the organisations that they are: matched, matched anew, founded from the
notice.
"""
