"""The texts of a library as documents of the index, with all their fields or with their words alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from index.interface import LACKS_EVIDENCE, LACKS_WORDS
from index.whoosh_engine.schema import all_fields, lacking, text_fields
from index.whoosh_engine.writer import NotAnalysed
from sources import logs
from sources.errors import UnknownReference
from sources.text.reading_view import reading_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.evidence_fields import Described
    from sources.library import Library
    from sources.model import Ref, Source

_AT_ONCE = 10  # texts that are read from the library together

Document = tuple["Ref", dict[str, Any]]


class Depth(Enum):
    """How much of a text is read for the index."""

    WORDS = "its words, so that it is found soon"
    EVIDENCE = "its words, and whom and what it names and quotes, which takes several times as long"


def documents(library: Library, refs: Sequence[Ref], depth: Depth) -> Iterator[Document]:
    """Yield the fields of texts in their order; one that has gone is left out."""
    if depth is Depth.WORDS:
        yield from _words(library, refs)
        return
    from index.evidence_fields import Stories

    for described in Stories(library).described(_texts(library, refs)):
        yield described.ref, _document(described)


def _document(described: Described) -> dict[str, Any]:
    """Return all fields of a text, or those of its words when its evidence cannot be read."""
    sketch = _sketches([described.source])[0]
    try:
        return all_fields(described, sketch)
    except Exception as error:  # whatever one text makes the evidence raise, the others go on
        logs.record(error, f"{described.ref} could not be read for names, quotes and figures.")
        return lacking(text_fields(described.source, sketch), LACKS_EVIDENCE)


def _sketches(texts: Sequence[Source]) -> list[str]:
    """Return the sketch of each text; empty for one of which none can be made."""
    from index.minhash import sketches_of

    try:
        return sketches_of(texts)
    except Exception as error:  # as above
        if len(texts) > 1:
            return [sketch for text in texts for sketch in _sketches([text])]
        logs.record(error, f"{texts[0].ref} could not be compared with other texts.")
        return [""]


def add_analysable(add: Callable[[dict[str, Any]], None], fields: dict[str, Any]) -> None:
    """Give the fields of a text to ``add``, without those that cannot be taken apart."""
    while True:
        try:
            add(fields)
        except NotAnalysed as error:
            logs.record(error, f"The {error.field} of {fields['ref']} could not be taken apart.")
            kept = {name: value for name, value in fields.items() if name != error.field}
            fields = lacking(kept, LACKS_WORDS)
        else:
            return


def _words(library: Library, refs: Sequence[Ref]) -> Iterator[Document]:
    for start in range(0, len(refs), _AT_ONCE):
        wanted = refs[start : start + _AT_ONCE]
        found = {source.ref: reading_view(source)[0] for source in library.sources(wanted)}
        texts = [found[ref] for ref in wanted if ref in found]
        for source, sketch in zip(texts, _sketches(texts), strict=True):
            yield source.ref, text_fields(source, sketch)


def renamed_documents(
    library: Library, refs: Iterable[Ref], named: Callable[[Ref], str]
) -> Iterator[Document]:
    """Yield the fields of those texts that name something else than ``named`` says, a print of it."""
    from index.evidence_fields import Stories, named_in, print_of

    for described in Stories(library).described(_texts(library, refs)):
        try:
            is_same = print_of(named_in(described)) == named(described.ref)
        except Exception:  # noqa: S112 - it is indexed by its words, and was logged then
            continue
        if not is_same:
            yield described.ref, _document(described)


def _texts(library: Library, refs: Iterable[Ref]) -> Iterator[Source]:
    for ref in refs:
        try:
            yield reading_view(library.source(ref))[0]
        except UnknownReference:
            continue  # it went since, and the next change says so
