"""What is kept about a source in the index: its fields, and how their postings are written.

Bodies are not kept; the library has them. Each searched field holds a posting for every word as it
stands, with its positions, and one for every stem that differs from its word, without positions. What the
evidence says of a source is in fields of its own.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from whoosh import formats
from whoosh.fields import ID, STORED, FieldType, Schema

from index.analysis import Analysed, analyse
from index.query.tree import WORD_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SHORT = b"H"
_LONG = b"I"
_NONE = b"-"  # the engine leaves empty values out, and then takes each for its neighbour's


class PositionsFormat(formats.Positions):
    """The engine's positions, in an encoding that nothing has to be unpickled for."""

    def encode(self, poslist: Any) -> bytes:
        """Write ascending positions."""
        return encode_positions(poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Read what ``encode`` wrote."""
        return decode_positions(valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return the number of positions."""
        return len(decode_positions(valuestring))


class WordsField(FieldType):
    """A field of words; its values are texts, or texts that were already taken apart (Analysed)."""

    scorable = True
    divisible = True  # a text means the same piece by piece between white space

    def __init__(self) -> None:
        super().__init__(format=PositionsFormat(), analyzer=None, scorable=True)  # type: ignore[arg-type]  # analysed before

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]  # it is a generator there
        """Yield term, share of the length, frequency and encoded positions, as the engine wants them."""
        analysed: Analysed = analyse(value) if isinstance(value, str) else value
        length = analysed.length  # the engine adds the shares up, so the first posting carries it all
        for term, positions in analysed.positions.items():
            yield term.encode("utf-8", "replace"), length, float(len(positions)), encode_positions(positions)
            length = 0
        for stem, frequency in analysed.stems.items():
            yield stem.encode("utf-8", "replace"), 0, float(frequency), _NONE


def encode_positions(positions: list[int]) -> bytes:
    """Write ascending positions as machine integers of 2 bytes, or 4 in long texts."""
    if not positions:
        return _NONE
    kind = _SHORT if positions[-1] < 1 << 16 else _LONG
    return kind + array(kind.decode(), positions).tobytes()


def decode_positions(data: bytes) -> array[int]:
    """Read what ``encode_positions`` wrote; a stem's posting has none."""
    positions = array("I" if data[:1] == _LONG else "H")
    if data != _NONE:
        positions.frombytes(data[1:])
    return positions


class TermsField(FieldType):
    """A field that only narrows; its values are terms that were already made."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)  # type: ignore[arg-type]  # made before

    def index(self, value: Any, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:  # type: ignore[override]  # it is a generator there
        """Yield each term once."""
        for term in self.terms_of(value):
            yield term, 1, 1.0, _NONE

    def terms_of(self, value: Iterable[str]) -> list[bytes]:
        """Return the different terms as they are written."""
        return [term.encode("utf-8", "replace") for term in value]


class KeyField(ID):
    """A field whose value is one term as it stands."""

    def terms_of(self, value: str) -> list[bytes]:
        """Return the term as it is written."""
        return [value.encode("utf-8")]


def schema() -> Schema:
    """Return the engine's schema; all opening and writing goes by it, never by the one on disk."""
    words = {name: WordsField() for name in WORD_FIELDS}
    keys = {name: KeyField() for name in ("ref", "story", "number", "date")}
    return Schema(**words, **keys, prints=TermsField(), stored=STORED())
