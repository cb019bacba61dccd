"""What labelled spans of several coders have to do with each other: agreement, disagreements, company.

Pure functions on the values of `sources.model`; `tui/services/labels` gives them the texts.
"""

from __future__ import annotations
