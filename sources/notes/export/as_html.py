"""Notes as one page of HTML: no script, nothing loaded, all outside text escaped."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from sources.model import TargetKind
from sources.notes.export import CODES
from sources.notes.export.citations import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it import MarkdownIt

    from sources.model import Note, Ref, Target
    from sources.notes.export import CitedSource, NoteCollection

_HEADING = re.compile(r"(</?h)([1-6])(?=>)")
_STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1d1d1b; --faint: #6a675f; --line: #d9d5ca; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181b; --ink: #e6e3dc; --faint: #9a968c; --line: #35383d; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
  color: var(--ink); font: 1.05rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 2.5rem 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.2rem 0 .3rem; border-top: 1px solid var(--line);
  padding-top: 1rem; }
article { margin: 1.4rem 0; }
blockquote { margin: .6rem 0; padding: .1rem 0 .1rem 1rem; border-left: 4px solid var(--mark, var(--line)); }
blockquote p { margin: .4rem 0; white-space: pre-line; }
.facts, footer { color: var(--faint); font: .85rem/1.5 system-ui, sans-serif; }
.words pre { overflow-x: auto; }
a { color: inherit; }
@media print {
  body { max-width: none; padding: 0; font-size: 11pt; }
  article, blockquote { break-inside: avoid; }
  h1, h2 { break-after: avoid; }
  a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .8em; }
}
"""


def page(title: str, blocks: Iterable[str]) -> str:
    """Return a whole page; ``blocks`` are HTML already."""
    body = "\n".join(blocks)
    return (
        "<!DOCTYPE html>\n"
        '<html>\n<head>\n<meta charset="utf-8">\n'
        # Should anything have slipped through, it still loads nothing and runs nothing.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def words(markdown: str) -> str:
    """Return a note's Markdown as HTML: no raw HTML, no pictures, links to the web and mail only."""
    rendered = _renderer().render(markdown)
    return _HEADING.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + 2)}", rendered)


def quotation(target: Target) -> str:
    """Return a passage as a block quotation, a paragraph a line, with its place in the original below."""
    quote = target.anchor.quote
    lines = "".join(f'<p dir="auto">{escape(line)}</p>' for line in quote.splitlines() if line.strip())
    place = "" if target.place is None else f'<p class="facts" dir="auto">{escape(str(target.place))}</p>'
    return f"<blockquote>{lines}{place}</blockquote>"


def link(url: str | None, shown: str) -> str:
    """Return ``shown`` as a link to ``url``, or as it is where that is no address on the web."""
    address = web_address(url)
    if address is None:
        return escape(shown)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(shown)}</a>'


def facts(source: CitedSource, ref: Ref) -> str:
    """Return where a text comes from, as one line."""
    known = [escape(fact) for fact in (source.publisher, source.author, source.date) if fact]
    if source.url:
        known.append(link(source.url, source.url))
    return f'<p class="facts">{" · ".join([*known, f"<code>{escape(str(ref))}</code>"])}</p>'


def note_footer(note: Note, targets: Iterable[Target]) -> str:
    """Return a note's tags, labels, moments and the state of its passages, as one line."""
    known = [f"Note {note.id}", f"<time>{escape(note.modified)}</time>"]
    known += [escape(f"#{tag}") for tag in note.tags]
    known += [escape(f"[{label}]") for label in note.labels]
    if note.pinned:
        known.append("pinned")
    if note.coder:
        known.append(escape(note.coder))
    known += [
        f"{escape(str(target.ref))}: {target.state.value}" for target in targets if target.state != "anchored"
    ]
    return f'<footer dir="auto">{" · ".join(known)}</footer>'


@cache
def _renderer() -> MarkdownIt:
    # Only pages need it.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


def write_notes(collection: NoteCollection) -> str:
    """Return the page; stories by slug, sources by number, notes by place."""
    blocks = list(sections(collection.in_order(), collection))
    return page("Notes", blocks or ["<h1>Notes</h1>", "<p>There are no notes.</p>"])


def sections(notes: Iterable[Note], collection: NoteCollection) -> Iterator[str]:
    """Yield a heading for each story and source, and the notes on it."""
    for slug, of_story in groupby(notes, lambda note: note.targets[0].ref.story):
        yield f'<h1 dir="auto">Notes on {escape(collection.titles.get(slug) or slug)}</h1>'
        for ref, of_source in groupby(of_story, lambda note: note.targets[0].ref):
            yield from _source_heading(ref, collection)
            for note in of_source:
                yield article(note, collection)


def article(note: Note, collection: NoteCollection) -> str:
    """Return one note with what it speaks of."""
    first, *others = note.targets
    parts = [_about(first)]
    for target in others:
        source = collection.sources.get(target.ref)
        title = f", {source.title}" if source is not None and source.title else ""
        parts.append(
            f'<p class="facts" dir="auto">{escape(_joined(note))} {escape(f"{target.ref}{title}")}</p>'
        )
        parts.append(_about(target))
    if note.text:
        parts.append(f'<div class="words" dir="auto">{words(note.text)}</div>')
    parts.append(note_footer(note, note.targets))
    colour = CODES.get(note.colour or "")
    style = f' style="--mark: {colour}"' if colour else ""
    return f"<article{style}>\n" + "\n".join(part for part in parts if part) + "\n</article>"


def _joined(note: Note) -> str:
    return f"{note.relation}:" if note.relation else "and in"


def _about(target: Target) -> str:
    return quotation(target) if target.kind is TargetKind.PASSAGE else ""


def _source_heading(ref: Ref, collection: NoteCollection) -> Iterator[str]:
    if ref.is_story:
        yield "<h2>The story as a whole</h2>"
        return
    source = collection.sources.get(ref)
    if source is None:
        yield f'<h2>A source that was removed</h2>\n<p class="facts"><code>{escape(str(ref))}</code></p>'
        return
    name = source.title or ("Summary" if ref.number is None else f"Source {ref.number}")
    yield f'<h2 dir="auto">{escape(name)}</h2>\n{facts(source, ref)}'
