"""The requirements of a notice beside the items that the catalogue can check."""
