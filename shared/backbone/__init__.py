"""From a committed event to its effects elsewhere: nothing lost, nothing twice, nothing out of order."""
