"""What words are weighed by: the parameters of BM25F."""

from __future__ import annotations

FIELD_WEIGHTS = {"title": 3.0, "text": 1.0, "publisher": 0.5, "author": 0.5}
SATURATION = 1.2  # k1 of BM25
LENGTH_SHARE = {"title": 0.3, "text": 0.75, "publisher": 0.3, "author": 0.3}  # b of BM25
