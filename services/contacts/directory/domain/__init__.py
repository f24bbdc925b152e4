"""Rules of the directory: official numbers and how a name is searched."""
