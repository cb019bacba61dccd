"""BM25F: its parameters, and how rare a word is.

A word's score is a saturated sum of weighted, length-normalised frequencies over the fields (Robertson,
Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004). Segments keep bounds of
these scores: whoever changes a weight of ``text`` raises SCHEMA_VERSION.
"""

from __future__ import annotations

from math import log

# Chosen by nDCG@10 on judged collections (Cranfield, MEDLINE, CISI; benchmarks.ranking).
FIELD_WEIGHTS = {
    "title": 3.0,
    "text": 1.0,
    "publisher": 0.5,
    "author": 0.5,
    # Searched only when they are named.
    "person": 1.0,
    "org": 1.0,
    "place": 1.0,
    "thing": 1.0,
    "speaker": 1.0,
    "quote": 1.0,
    "figure": 1.0,
}
REPEATED = 0.7  # what a word counts each further time it is typed
AS_TYPED = 0.25  # what the word in the very form that was typed adds to its stem
SATURATION = 2.5  # k1 of BM25; weighted titles count into it
LENGTH_SHARE = {  # b of BM25
    "title": 0.3,
    "text": 0.75,
    "publisher": 0.3,
    "author": 0.3,
    "person": 0.0,
    "org": 0.0,
    "place": 0.0,
    "thing": 0.0,
    "speaker": 0.0,
    "quote": 0.3,
    "figure": 0.0,
}


def idf(count: int, documents: int) -> float:
    """Return how much a word counts that ``count`` of all documents have: the more, the rarer it is."""
    return log(1.0 + (max(documents - count, 0) + 0.5) / (count + 0.5))
