"""What can be asked of a library's texts: one module a subject, each a part of the workspace."""
