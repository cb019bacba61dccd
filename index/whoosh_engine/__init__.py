"""A way of keeping postings in mapped sections, for the engine's writers and readers and for our own.

``sections`` is the file, ``segment`` reads one without numpy, ``postings`` and ``building`` make one,
``merging`` makes one of several by ``policy``, ``engine`` is the codec by which Whoosh reads and writes
them, ``writer`` its writer, and ``arrays`` weighs many documents at once.
"""
