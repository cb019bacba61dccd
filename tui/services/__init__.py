"""The use cases, once each, for the app and the command line alike: no Textual, no argument parsing."""
