"""The file formats that are read: one module each, and one registry that knows them all."""
