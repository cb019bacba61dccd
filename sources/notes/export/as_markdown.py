"""Notes, and the texts of stories, as Markdown: each passage as a quotation, with where it comes from.

Everything from outside is written so that it reads as it is and does nothing: no text can become a heading,
a link, a comment or HTML, neither in CommonMark nor in the dialects of GitHub and Obsidian.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sources.model import NoteState
from sources.notes.export import ref_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sources.model import Note, Ref, Source, Target
    from sources.notes.export import CitedSource, NoteCollection

_NOT_ESCAPED = r"(?<!\\)((?:\\\\)*)"  # a backslash before a sign that has one already would set it free
_TAG = re.compile(_NOT_ESCAPED + r"<(?=[A-Za-z/!?%])")
_FENCE = re.compile(r"^(\s*(?:>\s*)*)(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_PICTURE = re.compile(_NOT_ESCAPED + r"!(?=\[)")
_COMMENT = re.compile(r"%(?=%)")
_QUERY = re.compile(r"`(?=\$?=)")  # a code span that plug-ins of Obsidian take for a program
_BLOCK_ID = re.compile(r"(?<=\s)\^(?=[\w-]+\s*$)|^\^(?=[\w-]+\s*$)", re.MULTILINE)

_OWN_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_AFTER = "the end"
_OUT_OF_PLACE = {"html_block", "html_inline", "image", "hr", "heading_open"}
_MOST = 100_000  # code points; longer ones take too long to look through


def tamed(text: str) -> str:
    """Return ``text`` so that no HTML, picture, hidden comment, template or query in it is acted upon.

    Emphasis, lists, links, headings and code stay what they are. Code blocks lose the name of their
    language, since it can make a program of them; one that is left open is closed.
    """
    text = _FENCE.sub(r"\1\2", text)
    text = _TAG.sub(r"\1\\<", text)
    text = _PICTURE.sub(r"\1\\!", text)
    text = _COMMENT.sub(r"%\\", text)
    text = _QUERY.sub("` ", text)
    text = _BLOCK_ID.sub(r"\\^", text)
    fences = _FENCE.findall(text)
    if len(fences) % 2:
        text += f"\n{fences[-1][0]}{fences[-1][1]}"
    return text


def kept(text: str) -> str | None:
    """Return a note's Markdown as it may stand among other notes; None where it would not stay in its place.

    Headings become bold lines, so that the outline remains that of the document. What Markdown makes of the
    text is looked at: nothing in it may reach beyond its end, or be HTML, a picture, a rule or a heading.
    """
    if len(text) > _MOST:
        return None
    # Only notes with words need it.
    from markdown_it import MarkdownIt

    shown = _OWN_HEADING.sub(lambda found: f"**{found[1].replace('*', '')}**", tamed(text)).strip()
    environment: dict[str, object] = {}
    tokens = MarkdownIt("commonmark").enable(["table"]).parse(f"{shown}\n\n{_AFTER}", environment)
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or []
    }
    last = tokens[-3:]
    stays = (
        [token.type for token in last] == ["paragraph_open", "inline", "paragraph_close"]
        and last[0].level == 0
        and last[1].content == _AFTER
    )
    return shown if stays and not kinds & _OUT_OF_PLACE and not environment.get("references") else None


# Comments, highlights and template tags take two characters: one alone is common in prose and stays.
_ACTIVE = re.compile(r"[\\`*_\[\]|~$^#]|%%+|==+|^=|\{(?=[{%])")
_LINE_START = re.compile(r"^(?:([-+>:])|(\d{1,9})([.)]))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_WEB = re.compile(r"https?://[^\s<>\\`]+", re.IGNORECASE)
_STATES = {
    NoteState.MOVED: "the passage moved or changed",
    NoteState.ORPHAN: "the passage is no longer in the source",
}


def write_notes(collection: NoteCollection) -> str:
    """Return one Markdown document; stories by slug, sources by number, notes by place and id."""
    by_story: defaultdict[str, list[Note]] = defaultdict(list)
    for note in collection.notes:
        by_story[note.targets[0].ref.story].append(note)
    blocks = [block for slug in sorted(by_story) for block in _story(slug, by_story[slug], collection)]
    return "\n\n".join(blocks or ["# Notes", "There are no notes."]) + "\n"


def escape(text: str) -> str:
    """Return one line of ``text`` with everything that Markdown or HTML would act on made inert."""
    inert = _ACTIVE.sub(
        lambda match: "".join(f"\\{sign}" for sign in match[0]), " ".join(text.split()).translate(_ENTITIES)
    )
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", inert)


def _story(slug: str, notes: list[Note], collection: NoteCollection) -> Iterator[str]:
    yield f"# Notes on {escape(collection.titles.get(slug) or slug)}"
    by_source: defaultdict[Ref, list[Note]] = defaultdict(list)
    for note in notes:
        by_source[note.targets[0].ref].append(note)
    for ref in sorted(by_source, key=ref_order):
        yield "## The story as a whole" if ref.is_story else _heading(ref, collection.sources.get(ref))
        for note in sorted(by_source[ref], key=lambda note: (note.targets[0].anchor.start, note.id)):
            yield from note_blocks(note, collection)


def _heading(ref: Ref, source: CitedSource | None) -> str:
    if source is None:
        return f"## A source that was removed\n\n`{ref}`"
    name = source.title or ("Summary" if ref.number is None else f"Source {ref.number}")
    facts = [escape(fact) for fact in (source.publisher, source.author, source.date) if fact]
    if source.url:
        facts.append(link(source.url))
    return f"## {escape(name)}\n\n" + " · ".join([*facts, f"`{ref}`"])


def note_blocks(note: Note, collection: NoteCollection) -> Iterator[str]:
    """Yield the blocks of one note: what it speaks of, its words, and what is known of it."""
    first, *others = note.targets
    if first.anchor.quote:
        yield _quotation(first)
    for target in others:
        source = collection.sources.get(target.ref)
        title = f", {escape(source.title)}" if source is not None and source.title else ""
        yield f"{escape(note.relation) if note.relation else 'and in'} `{target.ref}`{title}:"
        if target.anchor.quote:
            yield _quotation(target)
    if note.text:
        yield _words(note.text)
    yield _footer(note)


def _words(text: str) -> str:
    """Return a note's Markdown, or, where that would not stay in its place, every sign of it as it is."""
    plain = "  \n".join(escape(line) for line in text.splitlines() if line.strip())
    # What has no sign that Markdown acts on needs no look.
    return plain if plain == text else kept(text) or plain


def _quotation(target: Target) -> str:
    # A line of a source is a paragraph.
    lines = [escape(line) for line in target.anchor.quote.splitlines() if line.strip()]
    if target.place is not None:
        lines.append(f"— {escape(str(target.place))}")
    return "\n>\n".join(f"> {line}" for line in lines)


def _footer(note: Note) -> str:
    facts = [f"Note {note.id}, {note.modified}"]
    if note.tags:
        facts.append("tags: " + ", ".join(escape(tag) for tag in note.tags))
    if note.labels:
        facts.append("labels: " + ", ".join(escape(label) for label in note.labels))
    if note.coder:
        facts.append(escape(note.coder))
    for target in note.targets:
        if target.state in _STATES:
            where = f" (`{target.ref}`)" if len(note.targets) > 1 else ""
            facts.append(_STATES[target.state] + where)
    return f"*{' · '.join(facts)}*"


def link(url: str) -> str:
    """Return an address as a link, or as inert text where it is none of the web."""
    return f"<{url}>" if _WEB.fullmatch(url) else escape(url)


def source_blocks(source: Source) -> Iterator[str]:
    """Yield the blocks of a source: its title, what is known of it, and its text, muted zones in italics."""
    ref = source.ref
    number = "" if ref.number is None else f"{ref.number} "
    yield f"## {number}{escape(source.title or ('Summary' if ref.number is None else 'Without a title'))}"
    facts = [escape(fact) for fact in (source.publisher, source.author, source.date) if fact]
    if source.url:
        facts.append(link(source.url))
    yield " · ".join([*facts, f"`{ref}`"])
    for zone in source.zones:
        for line in source.text[zone.start : zone.end].splitlines():
            if line.strip():
                inert = escape(line)
                yield f"*{inert}*" if zone.kind.muted else inert
