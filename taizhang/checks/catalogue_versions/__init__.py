"""The rule bench: another version of the catalogue is tried and published."""
