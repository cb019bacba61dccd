"""Outermost floor: the command line and the screens."""
