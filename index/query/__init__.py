"""The query language: its tree, the parser, and a description in words (``index.query.syntax_help``)."""

from index.query.parser import parse

__all__ = ["parse"]
