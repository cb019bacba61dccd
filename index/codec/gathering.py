"""Documents by their fields, gathered for a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.codec.building import Posting, SegmentBuilder
from index.codec.engine import decoder
from index.codec.policy import MOST_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from index.codec.building import Chunk

MOST_GATHERED = 1_000_000  # pieces of text and postings that are held in memory


class Gatherer:
    """Takes documents in as the fields of ``schema`` say, and writes them as segments.

    A field whose value is a text and that is ``divisible`` is given to ``analyse`` by the pieces between
    white space; one that has ``terms_of`` says by that which terms there are; all others say themselves what
    their postings are.
    """

    def __init__(self, schema: Any, analyse: Callable[[str], Chunk | str]) -> None:
        self._schema = schema
        self._builder = SegmentBuilder(analyse)
        self._decoders: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self._builder)

    @property
    def is_full(self) -> bool:
        """Whether what was gathered should be written before more is."""
        return self._builder.size >= MOST_GATHERED or len(self._builder) >= MOST_DOCUMENTS

    def add(self, fields: dict[str, Any]) -> None:
        """Take in a document; values are what the fields' ``index`` takes, ``_stored_F`` what is kept."""
        stored = {}
        for name, value in fields.items():
            if value is None or name.startswith("_"):
                continue
            kind: Any = self._schema[name]
            if kind.indexed:
                self._take_in(name, kind, value)
            if kind.stored:
                stored[name] = fields.get(f"_stored_{name}", value)
        self._builder.finish(stored)

    def _take_in(self, name: str, kind: Any, value: Any) -> None:
        if isinstance(value, str) and getattr(kind, "divisible", False):
            self._builder.add_text(name, value)
            return
        terms_of = getattr(kind, "terms_of", None)
        if terms_of is not None:
            self._builder.add_terms(name, terms_of(value))
            return
        decode = self._decoders.get(name)
        if decode is None:
            decode = self._decoders[name] = decoder(name, kind)
        length = 0
        postings = []
        for term, frequency, weight, encoded in kind.index(value):
            length += frequency
            postings.append(Posting(term, weight, decode(encoded)))
        self._builder.add_postings(name, postings, length if kind.scorable else None)

    def write(self, file: BinaryIO) -> int:
        """Write what was gathered as a segment and begin anew; return the number of documents."""
        return self._builder.write(file)

    def forget(self) -> None:
        """Let go of what was gathered and of what is remembered of documents before."""
        self._builder.forget()
