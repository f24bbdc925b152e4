"""What can be done with templates, one module each: load, decide, save, announce."""
