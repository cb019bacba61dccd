"""What can be known from the sources of a story: names, figures, quotes, and what texts share."""
