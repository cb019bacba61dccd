"""Use cases in which the library, the notes and the evidence meet."""
