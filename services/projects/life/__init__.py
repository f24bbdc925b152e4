"""What becomes of a convention once it is signed, and of the projects under it: suspension, notice, end, last duties."""
