"""The texts of a library as documents of the index, with all their fields or with their words alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from index.analysis import Analysed
from index.interface import LACKS_EVIDENCE, LACKS_WORDS, StoredFields
from index.whoosh_engine.writer import NotAnalysed
from sources import logs
from sources.errors import UnknownReference
from sources.model import SUMMARY
from sources.text.folding import fold
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


# The fields of a document


def text_fields(source: Source, sketch: str) -> dict[str, Any]:
    """Return the fields of a source whose evidence is left for later, as the writer takes them."""
    from index.minhash import print_terms

    stored = StoredFields(
        story=source.ref.story,
        number=source.ref.number,
        title=sort_form(source.title),
        publisher=sort_form(source.publisher),
        date=source.date or "",
        sha256=source.origin.sha256,
        sketch=sketch,
        names=(),
    )
    fields = {
        "title": source.title,
        "text": source.text,
        "publisher": source.publisher,
        "author": source.author,
        "prints": print_terms(sketch),
        "ref": str(source.ref),
        "story": source.ref.story,
        "number": SUMMARY if source.ref.number is None else str(source.ref.number),
        "date": source.date,
    }
    return _filled(fields) | {"stored": tuple(stored)}


def all_fields(described: Described, sketch: str) -> dict[str, Any]:
    """Return all fields of a source, as the writer takes them."""
    from index.evidence_fields import evidence_values

    evidence = evidence_values(described)
    fields = text_fields(described.source, sketch)
    stored = StoredFields(*fields["stored"])._replace(names=evidence.names, named=evidence.named)
    return fields | _filled(evidence.fields) | {"stored": tuple(stored)}


def lacking(fields: dict[str, Any], what: str) -> dict[str, Any]:
    """Return the fields of a source that say what is lacking of it."""
    return fields | {"stored": tuple(StoredFields(*fields["stored"])._replace(lacks=what))}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave empty fields out: the engine takes an empty field of words for one that is there."""
    return {name: value for name, value in fields.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    return not (value.positions if isinstance(value, Analysed) else value)


def sort_form(text: str | None) -> str:
    """Return the form by which titles and publishers are ordered: folded, without leading signs."""
    return fold(text or "").lstrip("\"'“”‘’«»([ ")[:200]
