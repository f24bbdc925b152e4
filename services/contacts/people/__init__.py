"""People, as whom they may speak, and who may sign."""
