"""佐证材料: files, and the records that they serve."""
