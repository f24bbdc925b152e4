"""Templates that organisations make for themselves, and share: versions, archive, and conventions begun from them."""
