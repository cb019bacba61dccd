"""The dialogs of the app: screens over the main screen that return a value."""
