"""Documents by their fields, gathered for a segment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from index.codec.building import Posting, SegmentBuilder
from index.codec.engine import decoder
from index.codec.policy import MOST_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from index.codec.building import Chunk

MOST_GATHERED = 1_000_000  # pieces of text and postings that are held in memory


class NotAnalysed(Exception):
    """A field of a document cannot be taken apart; the cause says why."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


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
        """Take in a document; values are what the fields' ``index`` takes, ``_stored_F`` what is kept.

        Raises NotAnalysed; then nothing of the document was taken in.
        """
        stored = {}
        taken: list[Callable[[], None]] = []
        for name, value in fields.items():
            if value is None or name.startswith("_"):
                continue
            kind: Any = self._schema[name]
            if kind.indexed:
                try:
                    taken.append(self._taken_apart(name, kind, value))
                except Exception as error:  # whatever a text makes a pattern raise
                    raise NotAnalysed(name) from error
            if kind.stored:
                stored[name] = fields.get(f"_stored_{name}", value)
        for take_in in taken:
            take_in()
        self._builder.finish(stored)

    def _taken_apart(self, name: str, kind: Any, value: Any) -> Callable[[], None]:
        """Take a value apart, and return what takes it in."""
        if isinstance(value, str) and getattr(kind, "divisible", False):
            return partial(self._builder.add_pieces, name, self._builder.pieces(value))
        terms_of = getattr(kind, "terms_of", None)
        if terms_of is not None:
            return partial(self._builder.add_terms, name, terms_of(value))
        decode = self._decoders.get(name)
        if decode is None:
            decode = self._decoders[name] = decoder(name, kind)
        length = 0
        postings = []
        for term, frequency, weight, encoded in kind.index(value):
            length += frequency
            postings.append(Posting(term, weight, decode(encoded)))
        return partial(self._builder.add_postings, name, postings, length if kind.scorable else None)

    def write(self, file: BinaryIO) -> int:
        """Write what was gathered as a segment and begin anew; return the number of documents."""
        return self._builder.write(file)

    def forget(self) -> None:
        """Let go of what was gathered and of what is remembered of documents before."""
        self._builder.forget()
