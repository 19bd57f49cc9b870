"""What several papers of a round share."""
