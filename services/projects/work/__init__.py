"""Projects built together under an active convention: a lead per side, and dated steps."""
