"""The widgets that views are made of; they draw what they are given."""
