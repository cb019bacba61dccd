"""How postings are kept in mapped files and scored, and how Whoosh reads and writes such files.

``sections`` is the file, ``segment`` reads it without numpy, ``segment_arrays`` with it; ``segment_builder``,
``postings`` and ``segment_merger`` write it. ``array_scorer``, ``maxscore`` and ``segment_terms`` score.
``schema``, ``codec``, ``whoosh_readers`` and ``writer`` are what Whoosh works with.
"""
