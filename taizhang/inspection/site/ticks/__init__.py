"""勾选表: a checklist that is ticked by hand, and what a picture of it says."""
