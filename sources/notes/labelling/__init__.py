"""What labelled spans of several coders have to do with each other: agreement, disagreements, company.

Pure functions on the values of `sources.labels`; the workspace gives them texts, sentences and spans.
"""

from __future__ import annotations
