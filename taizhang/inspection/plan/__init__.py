"""The plan of a round: as a person writes it, proposed by the solver, as forms."""
