"""Rooms: the shared one of a partnership and the private one of each side, with what is written and to be done there."""
