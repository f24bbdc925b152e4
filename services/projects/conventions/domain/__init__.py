"""The rules of a convention. No framework, no input or output."""
