"""What can be told from the parties of a convention."""
