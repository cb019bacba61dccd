"""The views and panes of the main screen."""
