"""The dossier as Markdown: everything from outside is inert, as in the Markdown of notes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sources.evidence.audit import UNSURE, Verdict
from sources.evidence.lineage import origins_told
from sources.notes.export import NoteCollection
from sources.notes.export.as_markdown import escape, note_blocks, source_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources.evidence.lineage.drawing import OriginTree, TreeNode
    from sources.model import Ref
    from tui.services.dossier import (
        Dossier,
        DriftHere,
        EventHere,
        FigureRow,
        FirstSaid,
        Held,
        Place,
        QuoteHere,
        SayingHere,
        Sentence,
        Voice,
    )


def write_dossier(dossier: Dossier) -> str:
    """Return one document: what was found, then the summary and the sources with the notes on them."""
    return "\n\n".join(_blocks(dossier)) + "\n"


def _blocks(dossier: Dossier) -> Iterator[str]:
    collection = NoteCollection(dossier.notes, dossier.cited, {dossier.story: dossier.title})
    notes = collection.in_order()
    yield f"# {escape(dossier.title or dossier.story)}"
    if dossier.redacted:
        yield f"*Redacted: names were replaced by {escape(', '.join(dossier.redacted))}, in the texts too.*"
    for told in (*dossier.left_out, *([dossier.unjudged] if dossier.unjudged else [])):
        yield f"*{escape(told)}*"
    for note in notes:
        if note.targets[0].ref.is_story:
            yield from note_blocks(note, collection)
    for heading, lines in _evidence(dossier):
        yield f"## {heading}"
        yield "\n".join(lines)
    for text in dossier.texts:
        yield from source_blocks(text)
        own = [note for note in notes if note.targets[0].ref == text.ref]
        if own:
            yield "### Notes"
        for note in own:
            yield from note_blocks(note, collection)
    carried = {text.ref for text in dossier.texts}
    rest = [note for note in notes if not note.targets[0].ref.is_story and note.targets[0].ref not in carried]
    if rest:
        yield "## Notes that begin elsewhere, or on what was removed"
    for note in rest:
        yield from note_blocks(note, collection)


def _evidence(dossier: Dossier) -> Iterator[tuple[str, list[str]]]:
    """Yield the heading and the lines of each section that has something to show."""
    counts = Counter(one.verdict for one in dossier.sentences)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    origins = [f"- {escape(one.name)} ({one.basis}): {_refs(one.refs)}" for one in dossier.origins]
    sections = (
        (f"The summary, sentence by sentence: {told}", map(_sentence, dossier.sentences)),
        (f"Origins: {origins_told(dossier.origins)}", iter([origins] if origins else [])),
        ("Who stems from whom", map(_tree, dossier.trees)),
        ("Figures, source by source", map(_figure, dossier.figures)),
        ("Who said it first", map(_first, dossier.firsts)),
        ("Quotes and their variants", map(_quote, dossier.quotes)),
        ("Chains of credits", ([f"- {escape(one.claim)}", *_voice(one.root, 1)] for one in dossier.chains)),
        ("Timeline", map(_event, dossier.events)),
    )  # fmt: skip
    for heading, parts in sections:
        lines = [line for part in parts for line in part]
        if lines:
            yield heading, lines


def _sentence(one: Sentence) -> Iterator[str]:
    origin = (
        f" ({len(one.checks)} citations, 1 origin: {escape(one.origins[0])})"
        if len(one.origins) == 1 and len(one.checks) > 1
        else ""
    )
    yield f"- **{one.verdict}**: {escape(one.place.words)}{origin}"
    if one.readings:
        either = " or ".join(", ".join(map(str, reading)) for reading in one.readings)
        yield f"  - {escape(one.marker or '')} may be {either}"
    if one.absent:
        yield f"  - cites {', '.join(map(str, one.absent))}, which is not there"
    if one.found is not None:
        yield f"  - overruled by the user: the program found it {one.found}. {escape(one.note)}".rstrip()
    for check in one.checks:
        yield from _held(check, "")
    for check in one.better:
        yield from _held(check, "not cited: ")


def _held(check: Held, lead: str) -> Iterator[str]:
    said = " … ".join(map(_said, check.evidence)) or "does not mention it"
    yield f"  - {lead}{check.verdict} by `{check.ref}`: {said}"
    if check.missing:
        yield f"    - not there: {', '.join(map(_said, check.missing))}"
    for each in check.differs:
        silent = "is not clear" if each.kind == UNSURE else "has no such word"
        other = silent if each.source is None else _said(each.source)
        yield f"    - {each.kind}: here {_said(each.said)}, the source {other}"


def _tree(tree: OriginTree) -> Iterator[str]:
    yield f"- {escape(tree.name)} ({tree.basis})"
    for node in tree.children:
        yield from _node(node, 1)


def _node(node: TreeNode, depth: int) -> Iterator[str]:
    how = "" if depth == 1 else f"{node.relation}, {node.share:.0%}: "
    yield f"{'  ' * depth}- {how}`{node.ref}`"
    for child in node.children:
        yield from _node(child, depth + 1)


def _figure(row: FigureRow) -> Iterator[str]:
    yield f"- **{row.status}**: {escape(row.subject)}"
    for value in row.values:
        sign = "before: " if value.before else "otherwise: " if value.dissents else ""
        yield f"  - {sign}{escape(value.text)} ({_refs(_of(value.places))})"


def _first(fact: FirstSaid) -> Iterator[str]:
    first, *later = fact.sayings
    sure = "first" if fact.sure else "not known who was first"
    subject = f"{escape(fact.subject)}: " if fact.subject else ""
    yield f"- **{sure}**: {subject}{_said(first.place)} (`{first.place.ref}`{_when(first)})"
    for one in later:
        source = f", from `{one.source}`" if one.source is not None else ""
        yield f"  - {'≠ ' if one.changed else ''}{_said(one.place)} (`{one.place.ref}`{_when(one)}{source})"


def _when(one: SayingHere) -> str:
    return f", {one.when}" if one.when else ""


def _quote(family: QuoteHere) -> Iterator[str]:
    yield f"- “{escape(family.text)}” — {escape(family.speaker or 'nobody is named')}"
    for one in family.variants:
        told = [str(one.kind), "copied" if one.copied else ""]
        told.append(f"given to {one.speaker}" if one.shift else "")
        told.append(f"otherwise: {', '.join(place.words for place in one.altered)}" if one.altered else "")
        told.append(f"left out: {', '.join(one.left_out)}" if one.left_out else "")
        yield f"  - `{one.place.ref}`: {_said(one.place)} ({escape('; '.join(filter(None, told)))})"


def _voice(voice: Voice, depth: int) -> Iterator[str]:
    lead = "  " * depth
    said = "" if voice.place is None else f": {_said(voice.place)}"
    yield f"{lead}- {escape(voice.name)} ({_refs(voice.refs) or 'heard of only'}){said}"
    for drift in voice.drifts:
        yield f"{lead}  - {_drift(drift)}"
    for follower in voice.followers:
        yield from _voice(follower, depth + 1)


def _drift(drift: DriftHere) -> str:
    later = f"became {_said(drift.later)}" if drift.later.words else "was left out"
    return f"{drift.kind.replace('-', ' ')}: {_said(drift.earlier)} {later}"


def _event(one: EventHere) -> Iterator[str]:
    when = escape("; or ".join(one.when))
    yield f"- {when}: {_said(one.places[0])} ({one.status}, {_refs(_of(one.places))})"


def _said(place: Place) -> str:
    original = "" if place.original is None else f" ({escape(str(place.original))})"
    return f"“{escape(place.words)}”{original}"


def _of(places: Iterable[Place]) -> list[Ref]:
    return list(dict.fromkeys(place.ref for place in places))


def _refs(refs: Iterable[Ref]) -> str:
    return ", ".join(f"`{ref}`" for ref in refs)
