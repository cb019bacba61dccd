"""Ground floor: what the user has, and what can be known from it."""
