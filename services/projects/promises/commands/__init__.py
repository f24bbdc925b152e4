"""What is done with dated obligations, one module each: load, decide, save, announce."""
