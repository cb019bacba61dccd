"""The query language: its help, what narrows and widens a query, and where its words are in a text."""

from __future__ import annotations

from index.query.refinement import conditions, narrowed, widened
from index.query.syntax_help import SYNTAX, examples
from index.text_matching import spans_in

__all__ = ["SYNTAX", "conditions", "examples", "narrowed", "spans_in", "widened"]
