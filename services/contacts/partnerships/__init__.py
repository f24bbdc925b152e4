"""The parties of each convention, as projects tells: ids only, rebuilt by replay."""
