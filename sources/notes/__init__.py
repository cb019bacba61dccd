"""Notes on passages: finding them again, and taking them elsewhere."""
