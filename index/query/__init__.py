"""The query language: its tree, the parser, and a description in words."""

from index.query.describe import describe
from index.query.parser import parse

__all__ = ["describe", "parse"]
