"""The figure matrix of a story: one row a thing that is measured, with what each source gives for it."""

from __future__ import annotations

from sources.evidence.figure_matrix.matrix import figure_matrix
from sources.evidence.figure_matrix.model import MatrixMention, MatrixRow, MatrixValue, Status

__all__ = ["MatrixMention", "MatrixRow", "MatrixValue", "Status", "figure_matrix"]
