"""Faults of every rule that a branch's papers can break, planted where the engines are measured;
the demo has only some.
"""
