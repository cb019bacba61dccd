"""Middle floor: the full-text index over the library."""
