"""Whatever is added, changed and removed in whatever order: the library stays whole."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sources.library import Library
from sources.model import Anchor, NoteFields, NoteState, ParsedFile, ParsedSource, Ref, Span
from tests.library.parsed_files import body, page, put

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = ("The ferry was late. ", "The bridge will close. ", "The market is back. ", "The tide came in. ")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
paths = st.sampled_from(["/in/a", "/in/b", None])
slugs = st.sampled_from(["saltmarsh", "northport"])
parsed_sources = st.builds(
    lambda text, key, number, title, publisher: ParsedSource(
        text, body(text), key=key, number=number, title=title, publisher=publisher
    ),
    texts,
    st.sampled_from(["", "1", "2"]),
    st.sampled_from([None, None, 1, 2, 7]),
    st.sampled_from([None, "A", "B"]),
    st.sampled_from([None, "The Tide", "Pier News"]),
)
pages = st.builds(
    lambda texts, summary: page(*texts, summary=summary),
    st.lists(texts, min_size=1, max_size=4),
    st.none() | texts,
)
parsed_files = (
    st.lists(parsed_sources, max_size=3, unique_by=lambda parsed: parsed.key).map(
        lambda each: ParsedFile("jsonl", tuple(each))
    )
    | pages
)

Step = tuple[str, object, object, object]
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.tuples(st.just("add"), parsed_files, slugs, paths),
        st.tuples(st.just("remove"), slugs, st.integers(0, 8), st.none()),
        st.tuples(st.just("note"), slugs, st.integers(0, 8), st.none()),
    ),
    max_size=12,
)


def add(library: Library, parsed_file: ParsedFile, slug: str, path: str | None) -> None:
    before = {ref.number for ref in library.refs() if ref.story == slug}
    ingested = put(library, parsed_file, slug, path)
    here = (*ingested.added, *ingested.changed, *ingested.unchanged)
    assert len(set(here)) == len(here) == len(parsed_file.sources) + (parsed_file.summary is not None)
    assert {library.source(ref).text for ref in here} == {
        parsed.text
        for parsed in (*parsed_file.sources, *([parsed_file.summary] if parsed_file.summary else []))
    }
    assert not before & {ref.number for ref in ingested.added}
    assert before <= {ref.number for ref in library.refs() if ref.story == slug}
    again = put(library, parsed_file, slug, path)
    assert set(again.unchanged) == set(here)


def remove(library: Library, slug: str, number: int, _: object) -> None:
    refs = [ref for ref in library.refs() if ref.story == slug]
    if refs and number < len(refs):
        library.remove(refs[number])
    elif refs:
        library.remove(slug)


def note(library: Library, slug: str, number: int, _: object) -> None:
    refs = [ref for ref in library.refs() if ref.story == slug]
    if refs:
        ref = refs[number % len(refs)]
        text = library.source(ref).text
        library.create_note(NoteFields("x"), [(ref, Anchor.at(text, Span(4, len(text) - 2)))])


ACTIONS: dict[str, Callable[..., None]] = {"add": add, "remove": remove, "note": note}


FERRY, BRIDGE = WORDS[:2]
# A page by standard input has a text of another page's file and, by its number, the place of a third text.
SAME_TEXT_ELSEWHERE: list[Step] = [
    ("add", page(FERRY, FERRY, 2 * BRIDGE + FERRY, FERRY), "saltmarsh", "/in/a"),
    ("add", page(2 * FERRY), "saltmarsh", None),
    ("remove", "saltmarsh", 1, None),
    ("remove", "saltmarsh", 2, None),
    ("add", page(2 * BRIDGE + FERRY, FERRY), "saltmarsh", None),
]


@settings(max_examples=40, deadline=None)
@given(steps)
@example(SAME_TEXT_ELSEWHERE)
def test_the_library_stays_whole_and_the_changes_tell_all(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        followed: dict[Ref, tuple[str, str | None]] = {}
        seen = 0
        for action, *arguments in steps:
            ACTIONS[action](library, *arguments)
            assert library.check() == ()
            changes = library.changes_since(seen)
            for ref in changes.changed:
                source = library.source(ref)
                followed[ref] = (source.text, source.publisher)
            for ref in changes.removed:
                followed.pop(ref, None)
            seen = changes.number
            assert followed == {source.ref: (source.text, source.publisher) for source in library.texts()}
        present = set(library.refs())
        for each in library.notes():
            (target,) = each.targets
            assert target.state is NoteState.ORPHAN or target.ref in present
