"""Who is who, and who speaks for whom."""
