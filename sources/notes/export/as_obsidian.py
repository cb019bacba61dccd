"""Notes as a folder for Obsidian: a file a note, a file a source, linked to each other.

What crossread writes stands between two comments, ``%% crossread UID %%`` and ``%% end of crossread UID %%``;
whatever the user writes outside of them, and properties that crossread does not know, are kept when the
notes are exported into the folder again (`renewed`). A file may be renamed and moved in the folder.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sources.model import SUMMARY, TargetKind
from sources.notes.export.as_markdown import escape, link, tamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sources.model import Note, Ref, Target
    from sources.notes.export import CitedSource, NoteCollection

KEY = "crossread"  # the property that tells what a file stands for
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OWN = ("story", "refs", "url", "author", "publisher", "date", "title", "tags", "labels", "relation",
        "colour", "pinned", "coder", "state", "created", "modified")  # fmt: skip


def files(collection: NoteCollection) -> dict[str, str]:
    """Return the text of each file by its name; names are made of slugs, numbers and ids alone."""
    found = {note_name(note): _note(note, collection) for note in collection.notes}
    by_ref: defaultdict[Ref, list[Note]] = defaultdict(list)
    for note in collection.in_order():
        for ref in dict.fromkeys(target.ref for target in note.targets):
            by_ref[ref].append(note)
    found |= {source_name(ref): _source(ref, notes, collection) for ref, notes in by_ref.items()}
    return dict(sorted(found.items()))


def note_name(note: Note) -> str:
    """Return the name of a note's file; it stays the same whatever the note says."""
    return f"{note.targets[0].ref.story} note {_short(note)}.md"


def source_name(ref: Ref) -> str:
    """Return the name of a source's file."""
    if ref.is_story:
        return f"{ref.story}.md"
    return f"{ref.story} {SUMMARY if ref.number is None else ref.number}.md"


def key_of(text: str) -> str | None:
    """Return what a file in such a folder stands for; None for one that is not of an export."""
    front = _FRONT.match(text)
    if front is None:
        return None
    key = _properties(front[1]).get(KEY)
    return key if isinstance(key, str) else None


def renewed(former: str, text: str) -> str:
    """Return the file ``former`` with its own part as in ``text``, and the rest as the user left it.

    Where the user took the comments away, the part is added at the end.
    """
    front, new_front = _FRONT.match(former), _FRONT.match(text)
    key = key_of(text)
    if new_front is None or key is None:
        return text
    properties = _properties(new_front[1])
    if front is not None:
        theirs = _properties(front[1])
        kept = {name: value for name, value in theirs.items() if name not in {KEY, *_OWN}}
        # Tags are shared: what the user added in Obsidian stays beside what the note has.
        known = theirs.get("tags")
        mine = properties.get("tags") or []
        more = (
            [tag for tag in known if isinstance(tag, str) and tag not in mine]
            if isinstance(known, list)
            else []
        )
        if mine or more:
            properties["tags"] = [*mine, *more]
        properties |= kept
    begin, end = _marks(key)
    own = text[text.index(begin) : text.index(end) + len(end)]
    body = former[front.end() :] if front is not None else former
    start = body.find(begin)
    stop = body.find(end, start) if start >= 0 else -1
    if stop < 0:
        body = f"{body.rstrip()}\n\n{own}\n" if body.strip() else f"\n{own}\n"
    else:
        body = body[:start] + own + body[stop + len(end) :]
    return _front_matter(properties) + body


def _marks(key: str) -> tuple[str, str]:
    return f"%% {KEY} {key} %%", f"%% end of {KEY} {key} %%"


def _short(note: Note) -> str:
    # A uid from elsewhere may be of any form and begin like another, and a file's name may not.
    return _hash(note.uid or str(note.id))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _file(key: str, properties: Mapping[str, Any], blocks: list[str]) -> str:
    begin, end = _marks(key)
    own = "\n\n".join([begin, *blocks, end])
    facts = {KEY: key} | {name: value for name, value in properties.items() if value not in (None, [], "")}
    return f"{_front_matter(facts)}\n{own}\n"


def _note(note: Note, collection: NoteCollection) -> str:
    first = collection.sources.get(note.targets[0].ref)
    blocks = [f"# {_heading(note)}"]
    for position, target in enumerate(note.targets, 1):
        if position > 1:
            blocks.append(f"**{escape(note.relation)}**" if note.relation else "and")
        blocks += _about(target, position, collection)
    if note.text:
        blocks += [tamed(note.text), "^words"]
    states = {target.state.value for target in note.targets}
    properties = {
        "story": note.targets[0].ref.story,
        "refs": [str(target.ref) for target in note.targets],
        **_citation(first),
        "tags": [_tag(tag) for tag in note.tags],
        "labels": list(note.labels),
        "relation": note.relation,
        "colour": note.colour,
        "pinned": note.pinned or None,
        "coder": note.coder,
        "state": "orphan" if "orphan" in states else "moved" if "moved" in states else "anchored",
        "created": note.created,
        "modified": note.modified,
    }
    return _file(f"note-{_short(note)}", properties, blocks)


def _heading(note: Note) -> str:
    first = next((line.strip() for line in note.text.splitlines() if line.strip()), "")
    shown = first or note.targets[0].anchor.quote or f"Note {note.id}"
    shown = " ".join(shown.split())
    return escape(shown if len(shown) <= 80 else f"{shown[:79]}…")


def _about(target: Target, position: int, collection: NoteCollection) -> list[str]:
    source, ref = collection.sources.get(target.ref), target.ref
    page = source_name(ref).removesuffix(".md")
    title = (source.title if source else collection.titles.get(ref.story) if ref.is_story else None) or str(
        ref
    )
    backlink = f"[[{page}|{_link_text(title)}]]"
    facts = [escape(fact) for fact in (source.publisher, source.date) if fact] if source else []
    if source is not None and source.url:
        facts.append(link(source.url))
    where = " · ".join([backlink, *facts, f"`{ref}`"])
    if target.kind is not TargetKind.PASSAGE:
        return [where, f"^q{position}"]
    lines = [escape(line) for line in target.anchor.quote.splitlines() if line.strip()]
    quote = "\n>\n".join(f"> {line}" for line in lines)
    # A block id after a quotation stands on a line of its own, apart from it.
    place = "" if target.place is None else f" · {escape(str(target.place))}"
    return [quote, f"^q{position}", f"{where}{place} · {target.anchor.start}–{target.anchor.end}"]


def _source(ref: Ref, notes: list[Note], collection: NoteCollection) -> str:
    source = collection.sources.get(ref)
    title = (source.title if source else collection.titles.get(ref.story) if ref.is_story else None) or str(
        ref
    )
    links = [
        f"- [[{note_name(note).removesuffix('.md')}#^q{position}|{_link_text(_heading_text(note))}]]"
        for note in notes
        for position, target in enumerate(note.targets, 1)
        if target.ref == ref
    ]
    blocks = [f"# {escape(title)}"]
    if source is not None and source.url:
        blocks.append(link(source.url))
    blocks.append("\n".join(links))
    properties = {
        "story": ref.story,
        "refs": [str(ref)],
        **_citation(source),
        "title": source.title if source else None,
    }
    return _file(f"source-{_hash(str(ref))}", properties, blocks)


def _heading_text(note: Note) -> str:
    text = " ".join((note.text or note.targets[0].anchor.quote or f"Note {note.id}").split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _link_text(text: str) -> str:
    """Return ``text`` as it may be in a wiki link, where nothing can be escaped."""
    return re.sub(r"[\[\]|`<>%*_=~#^$\\{}]", " ", " ".join(text.split())).strip() or "untitled"


def _citation(source: CitedSource | None) -> dict[str, str | None]:
    if source is None:
        return {}
    return {
        "url": source.url,
        "author": source.author,
        "publisher": source.publisher,
        "date": source.date,
    }


def _tag(tag: str) -> str:
    """Return a tag as Obsidian takes it: letters, digits, ``_ - /``, and not digits alone."""
    plain = re.sub(r"[^\w/-]", "-", tag).strip("/") or "tag"
    return f"{plain}-" if plain.isdigit() else plain


def _front_matter(properties: Mapping[str, Any]) -> str:
    import yaml

    written = yaml.safe_dump(dict(properties), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{written}---\n"


def _properties(front: str) -> dict[str, Any]:
    import yaml

    try:
        found = yaml.safe_load(front)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}
