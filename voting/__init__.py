"""What was asked and answered: elections, rolls, ballots, counts and declarations."""
