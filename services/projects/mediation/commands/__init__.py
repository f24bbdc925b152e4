"""What is done in a mediation, one module each: load, decide, save, announce."""
