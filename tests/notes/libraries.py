"""Collections of notes for the tests of exports: made by chance, with all that may be hostile in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.model import (
    COLOURS,
    Anchor,
    Note,
    NoteState,
    Origin,
    Ref,
    Source,
    Span,
    Target,
    Zone,
    ZoneKind,
)
from sources.notes.export import CitedSource, NoteCollection, labelled_by_notes
from sources.text.cleaning import sha256_of

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from sources.notes.export import LabelledSpan

TEXTS = (
    "The ferry runs at night.\nNobody asked the lamps, said Ada Moss. “It was dark,” she said.\n\nIt was.",
    "Ünder the 𝔣og 🛟 the בוטים went out; شكرا said one. =SUM(A1) +1 -2 @x\n<b>bold</b> & more.",
    "Lines\n\nand | pipes | and `code` and %% hidden %% {{ braces }} end.",
)
HOSTILE = (
    "", "plain words", "=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "'quoted", "../../x",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
    "![x](https://t.example/p.png)", "# heading",
    "---\nkey: value\n---", "%% end of crossread note-x %%", "```dataviewjs\nrun()\n```", "`$= dv.run()`",
    "TY  - JOUR\nER  - ", "} @book{x, title={y}", "{{ 7*7 }}{% raw %}", "שלום עולם", "👩‍👩‍👧 🏳️‍🌈", "a\tb",
    "ends with ^q1",
    "- [ ] task\n- other",
    "* * *", "&lt;b&gt;", '"; DROP TABLE notes; --', "null", "yes", "#tag ==mark== $x$",
)  # fmt: skip


def text_source(number: int, text: str, **facts: str | None) -> Source:
    """Return a source with that text."""
    known: dict[str, str | None] = {
        "title": f"Title {number}", "publisher": "The Tide", "author": "Lin Okafor", "date": "2031-06-11",
        "url": f"https://tide.example/{number}?a=b&c=d", "language": "en", **facts,
    }  # fmt: skip
    zones = (Zone(ZoneKind.BODY, 0, len(text)),)
    return Source(
        Ref("night-ferry", number), known["title"], known["publisher"], known["author"], known["date"],
        known["url"], known["language"], text, zones, Origin(None, sha256_of(text), "text"),
    )  # fmt: skip


def collection_of(notes: Sequence[Note], sources: Sequence[Source]) -> NoteCollection:
    """Return what `gather_notes` would make of notes on ``sources``."""
    cited = {
        source.ref: CitedSource(
            source.ref,
            source.title,
            source.publisher,
            source.author,
            source.date,
            source.url,
            source.language,
        )
        for source in sources
    }
    return NoteCollection(
        tuple(notes), cited, {"night-ferry": "The night ferry"}, {source.ref: source for source in sources},
        labelled_by_notes(tuple(notes)),
    )  # fmt: skip


def chance_sources(chance: random.Random) -> list[Source]:
    """Return three sources whose citations may be hostile or missing."""
    return [
        text_source(
            number,
            text,
            title=chance.choice([*HOSTILE, None]) or None,
            publisher=chance.choice(HOSTILE) or None,
            author=chance.choice([*HOSTILE, "Ada Moss and Lin Okafor", "The Desk"]) or None,
            date=chance.choice(["2031-06-11", "2031-06", "2031-06-11T10:00:00Z", None]),
            url=chance.choice([f"https://tide.example/{number}", "javascript:alert(1)", "https://a b", None]),
        )
        for number, text in enumerate(TEXTS, 1)
    ]


def chance_notes(chance: random.Random, count: int, sources: Sequence[Source]) -> list[Note]:
    """Return notes on passages, sources and the story, as a library could hold them."""
    return [_note(chance, number, sources) for number in range(1, count + 1)]


def _note(chance: random.Random, number: int, sources: Sequence[Source]) -> Note:
    words = [
        word for word in ("claim", "=cmd()", "../../x", "𝔣og", "denial", "a:b", "42") if chance.random() < 0.3
    ]
    moment = f"2031-06-{1 + number % 28:02}T10:00:00Z"
    return Note(
        number,
        chance.choice(HOSTILE),
        tuple(words),
        tuple(words[::-1]),
        moment,
        f"2031-07-{1 + number % 28:02}T11:00:00Z",
        tuple(dict.fromkeys(_target(chance, sources) for _ in range(chance.choice([1, 1, 1, 2, 3])))),
        chance.choice([*COLOURS, None, None]),
        chance.random() < 0.2,
        chance.choice(["contradicts", "supports", None, "<b>=x</b>"]),
        chance.choice([None, "ada", "lin <x>"]),
        1,
        f"{chance.getrandbits(128):032x}",
    )


def _target(chance: random.Random, sources: Sequence[Source]) -> Target:
    kind = chance.random()
    source = chance.choice(sources)
    if kind < 0.1:
        return Target(Ref.of_story("night-ferry"), Anchor.whole())
    if kind < 0.2:
        return Target(source.ref, Anchor.whole())
    start = chance.randrange(len(source.text) - 1)
    end = chance.randrange(start + 1, min(len(source.text), start + 60) + 1)
    return Target(source.ref, Anchor.at(source.text, Span(start, end)), NoteState.ANCHORED, 1.0, 1)


def spans_of(collection: NoteCollection) -> set[tuple[str, int, int, str]]:
    """Return the labelled spans in a form that can be compared."""

    def plain(span: LabelledSpan) -> tuple[str, int, int, str]:
        return (str(span.ref), span.start, span.end, span.label)

    return {plain(span) for span in collection.labelled}
