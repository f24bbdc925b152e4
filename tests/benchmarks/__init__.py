"""What Entente promises in figures, as ratios to a floor that is measured in the same run. `make bench` runs them all."""
