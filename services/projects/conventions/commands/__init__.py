"""What can be done with a convention, one module each: load, decide, save, announce."""
