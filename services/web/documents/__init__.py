"""Documents to keep and print, set with typst."""
