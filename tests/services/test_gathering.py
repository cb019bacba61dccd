"""What is gathered of notes and labels before it is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import Anchor, LabelFields, NoteFields, Ref, Span
from tests.library.parsed_files import BRIDGE, FERRY, article, put
from tui.services.exports import gather_labels, gather_notes

if TYPE_CHECKING:
    from sources.library import Library


def test_notes_are_gathered_with_what_their_export_tells(library: Library) -> None:
    put(library, article(FERRY, title="Late again", publisher="The Tide"))
    put(library, article(BRIDGE), path="/in/b.txt")
    first = library.create_note(NoteFields("a"), [(Ref("saltmarsh", 1), Anchor.at(FERRY, Span(0, 9)))])
    second = library.create_note(NoteFields("b"), [(Ref("saltmarsh", 2), Anchor.at(BRIDGE, Span(0, 9)))])
    library.remove(Ref("saltmarsh", 2))
    collection = gather_notes(library, [first, second])
    assert collection.notes == (first, second)
    assert [source.publisher for source in collection.sources.values()] == ["The Tide"]
    assert collection.titles == {"saltmarsh": "Late again"}


def test_labels_are_gathered_from_marks_and_notes_with_the_codebook(library: Library) -> None:
    put(library, article(FERRY, title="Late again", publisher="The Tide"))
    ref, anchor = Ref("saltmarsh", 1), Anchor.at(FERRY, Span(0, 9))
    library.add_label(LabelFields("claim", "what is said", "red"))
    library.add_label(LabelFields("denial"), parent="claim")
    library.mark("denial", ref, anchor, coder="ada")
    library.create_note(NoteFields("x", labels=("denial",), coder="ada"), [(ref, anchor)])
    library.create_note(NoteFields("y", labels=("other",)), [(ref, Anchor.at(FERRY, Span(2, 6)))])
    found = gather_labels(library, texts=True)
    assert [(span.label, span.start, span.coder) for span in found.labelled] == [
        ("denial", 0, "ada"),
        ("other", 2, None),
    ]
    known = {code.name: (code.meaning, code.colour, code.parent) for code in found.codes}
    assert known["claim"] == ("what is said", "red", None)
    assert known["denial"][2] == "claim"
    assert found.texts[ref].text == FERRY
    assert gather_labels(library, story="nowhere").labelled == ()
