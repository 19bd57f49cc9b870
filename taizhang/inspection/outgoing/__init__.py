"""What leaves a round: packages of its papers, its archive, and word of what is due."""
