"""Starting, stopping and recovering, on the real servers."""
