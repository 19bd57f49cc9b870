"""Faults planted in the invented district, by code that asks no rule."""
