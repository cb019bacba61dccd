"""The texts of a library as documents of the index, with all their fields or with their words alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from index.schema import document, words_of
from sources.errors import UnknownReference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.supply import IndexedLibrary
    from sources.model import Ref, Source

_AT_ONCE = 10  # texts that are read from the library together

Document = tuple["Ref", dict[str, Any]]


class Depth(Enum):
    """How much of a text is read for the index."""

    WORDS = "its words, so that it is found soon"
    EVIDENCE = "its words, and whom and what it names and quotes, which takes several times as long"


def documents(library: IndexedLibrary, refs: Sequence[Ref], depth: Depth) -> Iterator[Document]:
    """Yield the fields of texts in their order; one that has gone is left out."""
    if depth is Depth.WORDS:
        yield from _words(library, refs)
        return
    from index.evidence_fields import Stories  # noqa: PLC0415 - words need none of the evidence

    yield from (
        (described.ref, document(described))
        for described in Stories(library).described(_texts(library, refs))
    )


def _words(library: IndexedLibrary, refs: Sequence[Ref]) -> Iterator[Document]:
    from index.prints import sketches_of  # noqa: PLC0415 - a search loads this module, and needs none of it

    for start in range(0, len(refs), _AT_ONCE):
        wanted = refs[start : start + _AT_ONCE]
        found = {source.ref: source for source in library.sources(wanted)}
        texts = [found[ref] for ref in wanted if ref in found]
        for source, sketch in zip(texts, sketches_of(texts), strict=True):
            yield source.ref, words_of(source, sketch)


def renamed_documents(
    library: IndexedLibrary, refs: Iterable[Ref], named: Callable[[Ref], str]
) -> Iterator[Document]:
    """Yield the fields of those texts that name something else than ``named`` says, a print of it."""
    from index.evidence_fields import Stories, named_in, print_of  # noqa: PLC0415 - as above

    for described in Stories(library).described(_texts(library, refs)):
        if print_of(named_in(described)) != named(described.ref):
            yield described.ref, document(described)


def _texts(library: IndexedLibrary, refs: Iterable[Ref]) -> Iterator[Source]:
    for ref in refs:
        try:
            yield library.source(ref)
        except UnknownReference:
            continue  # it went since, and the next change says so
