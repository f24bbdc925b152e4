"""Files that people give: received in pieces, looked at, and kept, before any service hears of them."""
