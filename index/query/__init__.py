"""The query language: its tree, the parser, and a description in words (``index.query.describe``)."""

from index.query.parser import parse

__all__ = ["parse"]
