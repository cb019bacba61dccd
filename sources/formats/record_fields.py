"""What the fields of a source are called in records of other programs: newsroom APIs, scrapers, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# The first that a record has is taken. English names are those of JSON-LD, JSON Feed, and of the APIs and
# scrapers in wide use; the others are what people call the columns of their own tables.
USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "guid", "uuid", "_id"),
    "title": (
        "title", "headline", "webtitle", "name", "titel", "überschrift", "titre", "título", "titolo",
    ),
    "text": (
        "text", "content", "body", "content_text", "articlebody", "bodytext", "fulltext", "full_text",
        "maintext", "article", "volltext", "texte", "contenu", "texto", "contenido", "conteúdo", "testo",
    ),
    "publisher": (
        "publisher", "site_name", "sitename", "site", "publication", "outlet", "source", "medium", "quelle",
        "éditeur", "fuente", "fonte",
    ),
    "author": ("author", "authors", "byline", "creator", "autor", "auteur", "autore", "verfasser"),
    "date": (
        "date", "published", "published_at", "publishedat", "date_published", "pubdate", "pub_date",
        "datepublished", "webpublicationdate", "published_on", "datum", "fecha", "data",
    ),
    "url": ("url", "link", "canonical_url", "source_url", "web_url", "weburl", "permalink"),
    "story": ("story",),
    "language": ("language", "lang", "inlanguage", "sprache", "langue", "idioma"),
}  # fmt: skip
# What an object has in place of one line: a publisher's name, a headline's main part.
_ONE_LINE = ("name", "main", "title", "original", "rendered", "value")
_ADDRESS = ("http://", "https://")


def plain_name(name: str | None) -> str:
    """Return a field's name as all its spellings have it."""
    return (name or "").strip().lower().replace(" ", "_").replace("-", "_").lstrip("\ufeff")


def usual_fields(record: Mapping[str, object]) -> dict[str, object]:
    """Return what a record has under the usual names, by the names of this program; None for the others.

    Where it has no text by itself, but one object in it does (``fields``, ``_source``), that is read first.
    """
    levels = [_plain(record)]
    if not _has_text(levels[0]):
        inner = next((each for each in _objects(record) if _has_text(each)), None)
        levels = [inner, *levels] if inner is not None else levels
    found: dict[str, object] = {}
    for field, names in USUAL_NAMES.items():
        values = (level[name] for level in levels for name in names if level.get(name) not in (None, ""))
        found[field] = next((value for value in _fitting(field, values)), None)
    return found


def has_usual_text(record: object) -> bool:
    """Tell whether a record has a text under a usual name, or one object in it does."""
    if not isinstance(record, dict):
        return False
    return _has_text(_plain(record)) or any(map(_has_text, _objects(record)))


def _plain(record: Mapping[str, object]) -> dict[str, object]:
    return {plain_name(name): value for name, value in record.items() if isinstance(name, str)}


def _objects(record: Mapping[str, object]) -> Iterator[dict[str, object]]:
    return (_plain(value) for value in record.values() if isinstance(value, dict))


def _has_text(level: Mapping[str, object]) -> bool:
    return any(isinstance(level.get(name), str) for name in USUAL_NAMES["text"])


def _fitting(field: str, values: Iterable[object]) -> Iterator[object]:
    """Yield the values that may be of the field, objects as the line that they hold."""
    for value in values:
        if isinstance(value, dict):
            line = next((value[name] for name in _ONE_LINE if isinstance(value.get(name), str)), None)
            yield value if line is None or field == "text" else line
        # Some call the page's address its source.
        elif field != "publisher" or not (isinstance(value, str) and value.startswith(_ADDRESS)):
            yield value
