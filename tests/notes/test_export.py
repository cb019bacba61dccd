from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sources.model import Anchor, Note, NoteState, Ref, Span, Target
from sources.notes.export import FORMATS, CitedSource, NoteCollection, Shape
from sources.notes.export.as_markdown import escape
from tests.notes.passages import TEXT

PLAIN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def note(
    number: int,
    quote: str,
    *,
    text: str = "",
    ref: str = "night-ferry/2",
    state: NoteState = NoteState.ANCHORED,
) -> Note:
    place = Ref.parse(ref)
    assert place is not None
    start = TEXT.find(quote)
    anchor = Anchor.at(TEXT, Span(start, start + len(quote))) if start >= 0 else Anchor(0, 9, quote, "", "")
    confidence = {NoteState.ANCHORED: 1.0, NoteState.MOVED: 0.81, NoteState.ORPHAN: 0.0}[state]
    moment = "2031-06-12T10:00:00Z"
    return Note(
        number,
        text,
        ("claim",),
        ("contradicts-7",),
        moment,
        moment,
        (Target(place, anchor, state, confidence),),
    )


def cited(ref: str, title: str | None, url: str | None = None) -> tuple[Ref, CitedSource]:
    place = Ref.parse(ref)
    assert place is not None
    return place, CitedSource(place, title, "The Tide", "Lin Okafor", "2031-06-11", url)


COLLECTION = NoteCollection(
    notes=(
        note(3, "lamps had been ordered", text="By whom?\n\nAsk again."),
        note(2, "Half of it comes from the harbour fund", state=NoteState.MOVED),
        note(1, "words that went", ref="night-ferry/summary", state=NoteState.ORPHAN),
        note(4, "the boats carry radar", ref="fog/9"),
    ),
    sources=dict([cited("night-ferry/2", "Ferry to run at night", "https://tide.example/a?b=1&c=*x*")]),
    titles={"night-ferry": "The night ferry", "fog": None},
)


def test_markdown_tells_for_each_note_where_it_comes_from() -> None:
    assert FORMATS["markdown"].write(COLLECTION) == (
        "# Notes on fog\n\n"
        "## A source that was removed\n\n`fog/9`\n\n"
        "> the boats carry radar\n\n"
        "*Note 4, 2031-06-12T10:00:00Z · tags: claim · labels: contradicts-7*\n\n"
        "# Notes on The night ferry\n\n"
        "## Ferry to run at night\n\n"
        "The Tide · Lin Okafor · 2031-06-11 · <https://tide.example/a?b=1&c=*x*> · `night-ferry/2`\n\n"
        "> Half of it comes from the harbour fund\n\n"
        "*Note 2, 2031-06-12T10:00:00Z · tags: claim · labels: contradicts-7"
        " · the passage moved or changed*\n\n"
        "> lamps had been ordered\n\n"
        "By whom?\n\nAsk again.\n\n"
        "*Note 3, 2031-06-12T10:00:00Z · tags: claim · labels: contradicts-7*\n\n"
        "## A source that was removed\n\n`night-ferry/summary`\n\n"
        "> words that went\n\n"
        "*Note 1, 2031-06-12T10:00:00Z · tags: claim · labels: contradicts-7"
        " · the passage is no longer in the source*\n"
    )


def test_a_note_on_two_passages_shows_both() -> None:
    first = note(1, "Both have new engines")
    other = note(2, "the boats carry radar", ref="night-ferry/5").targets[0]
    joined = Note(1, "Which?", (), (), first.created, first.modified, (*first.targets, other))
    written = FORMATS["markdown"].write(NoteCollection((joined,), dict([cited("night-ferry/5", "Fog")]), {}))
    assert (
        "> Both have new engines\n\nand in `night-ferry/5`, Fog:\n\n> the boats carry radar\n\nWhich?"
        in written
    )


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].shape is Shape.TEXT])
def test_no_notes_give_a_document_all_the_same(name: str) -> None:
    written = FORMATS[name].write(NoteCollection(()))
    assert written.endswith("\n") or (not written and name in {"bibtex", "ris"})  # records, of which none


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].shape is Shape.TEXT])
def test_the_order_of_the_notes_does_not_matter(name: str) -> None:
    turned = NoteCollection(COLLECTION.notes[::-1], COLLECTION.sources, COLLECTION.titles)
    assert FORMATS[name].write(turned) == FORMATS[name].write(COLLECTION)


def test_json_has_the_objects_of_the_contract() -> None:
    document = json.loads(FORMATS["json"].write(COLLECTION))
    assert document["schema"] == "crossread/export-notes/1"
    assert [each["id"] for each in document["notes"]] == [1, 2, 3, 4]
    second = document["notes"][1]
    assert (second["ref"], second["state"], second["confidence"]) == ("night-ferry/2", "moved", 0.81)
    assert second["quote"] == TEXT[second["start"] : second["end"]]
    assert second["targets"][0]["ref"] == "night-ferry/2"
    assert document["sources"][0]["publisher"] == "The Tide"


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text("#*_`[]()<>!\\|~$&;=+-.1 \n\txa:/\"'{}%^", max_size=40),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "[click](javascript:alert)",
            "![x](https://tracker.example/a.png)",
            "# heading",
            "---",
            "===",
            "1. one",
            "    code",
            "```\nfence",
            "| a | b |\n|---|---|\n| c | d |",
            "&lt;b&gt; &amp;",
            "<https://evil.example>",
            "[[wiki]] ![[embed]] %%hidden%% ==marked== $x$",
            "[ref]: https://evil.example",
        ]
    ),
)


@given(HOSTILE)
def test_hostile_text_reads_as_it_is_and_does_nothing(text: str) -> None:
    tokens = PLAIN.parse(f"> {escape(text)}")
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or []
    }
    assert kinds <= {
        "blockquote_open",
        "blockquote_close",
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }
    shown = "".join(child.content for token in tokens for child in token.children or [])
    expected = " ".join(text.split())
    assert shown == expected.replace("\x00", "�")


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_breaks_out_of_its_place(quote: str, words: str, title: str) -> None:
    collection = NoteCollection(
        (note(1, quote, text=words), note(2, "the boats carry radar", text="The last word.")),
        dict([cited("night-ferry/2", title, words)]),
        {"night-ferry": title},
    )
    text = FORMATS["markdown"].write(collection)
    tokens = PLAIN.parse(text)
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or []
    }
    assert not kinds & {
        "html_block",
        "html_inline",
        "image",
        "hr",
    }
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    assert any(token.content == "The last word." for token in tokens)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example/ b", "https://a.example/<b>", "file:///etc"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    collection = NoteCollection((note(1, "radar"),), dict([cited("night-ferry/2", "T", url)]), {})
    assert f"<{url}" not in FORMATS["markdown"].write(collection)


def test_a_notes_markdown_stays_markdown_and_its_headings_keep_out_of_the_outline() -> None:
    words = "# Why\n\n**Who** said *so*?\n\n- one\n- [two](https://tide.example)\n\n```\nx < 1\n```"
    written = FORMATS["markdown"].write(NoteCollection((note(1, "radar", text=words),)))
    assert words.replace("# Why", "**Why**") in written
    assert not [line for line in written.splitlines() if line.startswith("# Why")]


@pytest.mark.parametrize("words", ["a\n===", "a\n---", "***", "[x]: https://evil.example\n\n[x]"])
def test_markdown_that_would_leave_its_place_is_shown_sign_by_sign(words: str) -> None:
    written = FORMATS["markdown"].write(NoteCollection((note(1, "radar", text=words), note(2, "and"))))
    tokens = PLAIN.parse(written)
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    assert not any(token.type in {"hr", "fence"} for token in tokens)
    assert words.split(maxsplit=1)[0] in written.replace("\\", "")
