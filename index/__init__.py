"""The search index: finding things in all sources of a library.

Only this floor knows the search engine, and even here it is loaded when the first search needs it.
"""

from index.interface import CatchUp, Freshness, Hit, IndexProgress, Results
from index.search_index import SearchIndex

__all__ = ["CatchUp", "Freshness", "Hit", "IndexProgress", "Results", "SearchIndex"]
