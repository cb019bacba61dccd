"""Figures: amounts of money, shares, counts and durations, as values that can be compared."""

from __future__ import annotations

from sources.evidence.figures.finder import find_amounts, find_figures
from sources.evidence.figures.model import Figure, FigureKind

__all__ = ["Figure", "FigureKind", "find_amounts", "find_figures"]
