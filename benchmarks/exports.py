"""How long it takes to write 10,000 notes in each format, and to take them in again.

Prints CPU seconds, and what a note costs. Needs nothing but the project.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from sources.importing.note_import import import_notes
from sources.library import Library
from sources.model import Anchor, NoteFields, ParsedFile, ParsedSource, Ref, Span, Zone, ZoneKind
from sources.notes.anchoring import find_anchor
from sources.notes.export import FORMATS, LABEL_FORMATS, ExportFormat, NoteCollection, Shape
from tui.services.exports import gather_labels, gather_notes

NOTES = 10_000
SOURCES = 200
WORDS = (
    "harbour", "fund", "quay", "lamp", "ferry", "night", "council", "levy", "tide", "crane", "berth", "due",
)  # fmt: skip


def _fill(library: Library) -> list[str]:
    chance = random.Random(1)  # noqa: S311 - not for secrets
    texts = [
        " ".join(chance.choice(WORDS) + str(chance.randrange(90)) for _ in range(600)) for _ in range(SOURCES)
    ]
    drafts = tuple(
        ParsedSource(
            text, (Zone(ZoneKind.BODY, 0, len(text)),), key=str(n), number=n, url=f"https://tide.example/{n}"
        )
        for n, text in enumerate(texts, 1)
    )
    library.ingest(ParsedFile("text", drafts), slug="tide", path=None, reanchor=find_anchor)
    return texts


def _annotate(library: Library, texts: list[str]) -> None:
    from sources.library.note_repository import NewNote

    chance = random.Random(2)  # noqa: S311 - not for secrets
    notes = []
    for number in range(NOTES):
        source = chance.randrange(SOURCES)
        start = chance.randrange(len(texts[source]) - 100)
        anchor = Anchor.at(texts[source], Span(start, start + chance.randrange(20, 100)))
        fields = NoteFields(f"**Why** is that so, number {number}?", ("claim",), ("denial",))
        notes.append(NewNote(f"{number:032x}", fields, ((Ref("tide", source + 1), anchor),)))
    library.ingest_notes(notes, "bench")


def _written(form: ExportFormat, collection: NoteCollection) -> int:
    if form.shape is Shape.FOLDER:
        return sum(len(text) for text in form.files(collection).values())
    return len(form.encode(collection))


def main() -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place) / "one") as library:
        _annotate(library, _fill(library))
        notes = gather_notes(library, library.notes())
        labels = gather_labels(library, texts=True)
        for what, formats, collection in (("notes", FORMATS, notes), ("labels", LABEL_FORMATS, labels)):
            for form in formats.values():
                start = time.process_time()
                size = _written(form, collection)
                _tell(f"export {what} {form.name}", time.process_time() - start, size)
        for what, text in (
            ("jsonld", FORMATS["jsonld"].write(notes)),
            ("jsonl", LABEL_FORMATS["jsonl"].write(labels)),
        ):
            file = Path(place) / what
            file.write_text(text, encoding="utf-8")
            with Library.open(Path(place) / f"into-{what}") as other:
                _fill(other)
                start = time.process_time()
                done = import_notes(other, file)
                assert len(done.added) + len(done.labelled) >= NOTES * 0.99, done  # noqa: S101 - else it means nothing
                _tell(f"import {what}", time.process_time() - start, len(text))
                start = time.process_time()
                import_notes(other, file)
                _tell(f"import {what} again", time.process_time() - start, len(text))


def _tell(what: str, seconds: float, size: int) -> None:
    print(f"{what:26} {seconds:6.2f} s  {1000 * seconds / NOTES:6.3f} ms a note  {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
