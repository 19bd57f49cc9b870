"""会议: the kind, its models, and how its lists are read."""
