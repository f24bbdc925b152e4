"""What can be done with a signed convention, one module each: load, decide, save, announce; its projects follow."""
