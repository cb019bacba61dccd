"""The Textual app: it asks the services and draws; it holds no rules of its own."""
