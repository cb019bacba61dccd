"""The controllers of the app: one a subject; each turns keys and messages into calls of services."""
