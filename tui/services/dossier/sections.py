"""The sections of a dossier's page, each with a heading and the markup under it.

Every passage that is shown is linked to its place in the texts at the end, and those link back. The order is
that of a reader's questions: what is said and is it borne out, on whom does it rest, where do sources differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sources.evidence.figure_matrix import Status
from sources.evidence.lineage import origins_told
from sources.model import COLOURS, TargetKind
from sources.notes.export.as_html import words as markdown_words
from sources.notes.export.bylines import one_line
from tui.services.dossier import Place
from tui.services.dossier.drawing import lineage_tree, overlap_map, source_id
from tui.services.dossier.markup import Markup, element, joined, shown
from tui.services.dossier.parts import counted, facts_of, language_of, legend, small, table, wide
from tui.services.dossier.passages import Passages, reference
from tui.services.dossier.sentences import SentenceSection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sources.evidence.lineage.drawing import TreeNode
    from sources.model import Note, Ref, Source, Target
    from tui.services.dossier import (
        Dossier,
        DriftHere,
        EventHere,
        FigureRow,
        FirstSaid,
        QuoteHere,
        SayingHere,
        Variant,
        Voice,
    )
    from tui.services.dossier.markup import Attributes, Child

_REDACTED = "in the texts too: passages and digests are those of the redacted texts."
_MATRIX = (
    "What is measured, what the sources make of it, and what each of them gives. ≠ differs from most;"
    " ‹ is what it was before. Each value is linked to its place."
)
_FIRST = (
    "What several sources say, with the one that days or copies prove to be the first. ≠ says another figure"
    " or other words. Where neither proves it, nobody is the first, and they stand by day and number."
)
_MAP = (
    'How much of the text of each row is in the text of the column: the darker, the more. " only quotes, R'
    " rewritten, ~ the same origin without shared words."
)
_QUOTED = "Each utterance, who said it, and where it is quoted; words that only one source has are marked."


class Sections:
    """The sections of a page, with the passages that they show."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._titles = {text.ref: one_line(text.title) for text in dossier.texts}
        self.passages = Passages()

    def facts(self) -> str:
        """Return what there is, as one line."""
        dossier = self._dossier
        known = [
            counted(len(dossier.sources), "source"),
            origins_told(dossier.origins) if dossier.origins else "",
            counted(len(dossier.notes), "note") if dossier.notes else "",
        ]
        return " · ".join(filter(None, known))

    def told(self) -> Iterator[Child]:
        """Return what a reader has to know before all else."""
        dossier = self._dossier
        if dossier.redacted:
            names = ", ".join(dossier.redacted)
            yield element(
                "p", {"class": "tell"}, element("strong", None, "Redacted. "),
                f"Names were replaced by {names}, {_REDACTED}",
            )  # fmt: skip
        for told in (*dossier.left_out, *([dossier.unjudged] if dossier.unjudged else [])):
            yield element("p", {"class": "tell"}, told)

    def sections(self) -> Iterator[tuple[str, str, Markup]]:
        """Yield the anchor, heading and content of each section that has something to show.

        The sources come last, since they are marked with what the others show.
        """
        made = (
            ("summary", "The summary, sentence by sentence", self._sentences),
            ("origins", "Origins", self._origins),
            ("figures", "Figures, source by source", self._figures),
            ("first", "Who said it first", self._firsts),
            ("overlap", "Overlap", self._overlap),
            ("lineage", "Who stems from whom", self._lineage),
            ("quotes", "Quotes and their variants", self._quotes),
            ("credits", "Chains of credits", self._chains),
            ("timeline", "Timeline", self._timeline),
            ("notes", "Notes", self._notes),
            ("sources", "The texts", self._sources),
        )
        for name, told, content in made:
            found = joined(content())
            if found:
                yield name, told, found

    def _sentences(self) -> Iterator[Child]:
        return SentenceSection(self.passages, self._source).content(self._dossier.sentences)

    def _source(self, ref: Ref) -> Child:
        title = self._titles.get(ref)
        return [reference(ref, f"#{source_id(ref)}"), f" {title}" if title else None]

    # origins, figures, lineage

    def _origins(self) -> Iterator[Child]:
        if not self._dossier.origins:
            return
        rows = (
            element(
                "tr", None, element("th", {"scope": "row", "dir": "auto"}, one.name),
                element("td", None, f"{one.basis}{'' if one.proved else ', not proved'}"),
                element("td", None, self._references(one.refs)),
            )
            for one in self._dossier.origins
        )  # fmt: skip
        yield table(("Origin", "Because", "Sources"), rows, "The independent voices that the story rests on")

    def _references(self, refs: Iterable[Ref]) -> Child:
        return [[reference(ref, f"#{source_id(ref)}"), " "] for ref in refs]

    def _figures(self) -> Iterator[Child]:
        rows = self._dossier.figures
        if not rows:
            return
        given = {place.ref for row in rows for value in row.values for place in value.places}
        columns = [source.ref for source in self._dossier.sources if source.ref in given]
        headings = [reference(ref, f"#{source_id(ref)}") for ref in columns]
        alone = [row for row in rows if row.status == Status.SINGLE]
        compared = [row for row in rows if row.status != Status.SINGLE]
        head = ("Figure", "Status", *headings)
        if compared:
            yield table(head, (self._figure(row, columns) for row in compared), _MATRIX, "matrix")
        if alone:
            tabled = table(head, (self._figure(row, columns) for row in alone), "", "matrix")
            yield element(
                "details",
                {"open": None if compared else ""},
                element(
                    "summary", None, f"{counted(len(alone), 'figure')} that one source gives, or its copies"
                ),
                tabled,
            )

    def _figure(self, row: FigureRow, columns: Sequence[Ref]) -> Markup:
        return element(
            "tr", None, element("th", {"scope": "row", "dir": "auto"}, row.subject),
            element("td", {"class": row.status}, row.status),
            (element("td", None, self._values(row, ref)) for ref in columns),
        )  # fmt: skip

    def _values(self, row: FigureRow, ref: Ref) -> Child:
        found = []
        for value in row.values:
            place = next((place for place in value.places if place.ref == ref), None)
            if place is not None:
                sign, name = (
                    ("‹ ", "before") if value.before else ("≠ ", "dissent") if value.dissents else ("", None)
                )
                found.append(element("div", {"class": name}, sign, self.passages.linked(place)))
        return found

    def _firsts(self) -> Iterator[Child]:
        facts = self._dossier.firsts
        if facts:
            yield legend(_FIRST)
            yield element("ul", None, map(self._first, facts))

    def _first(self, fact: FirstSaid) -> Markup:
        first, *later = fact.sayings
        sure = "first" if fact.sure else "not known who was first"
        known = element(
            "span", {"class": "small"}, f" ({' · '.join(filter(None, (fact.kind, sure, first.when)))})"
        )
        return element(
            "li", None, f"{fact.subject}: " if fact.subject else None,
            self.passages.quoted(first.place), known,
            element("ul", None, (element("li", None, self._saying(one)) for one in later)),
        )  # fmt: skip

    def _saying(self, one: SayingHere) -> Iterator[Child]:
        yield "≠ " if one.changed else ""
        yield self.passages.quoted(one.place)
        told = [one.when, f"from {one.source}" if one.source is not None else ""]
        if any(told):
            yield element("span", {"class": "small"}, f" ({' · '.join(filter(None, told))})")

    def _overlap(self) -> Iterator[Child]:
        drawn = self._dossier.overlap
        if drawn is None or len(drawn.refs) < 2:
            return
        yield element(
            "figure", None, wide("Map of the overlap", overlap_map(drawn)),
            element("figcaption", None, _MAP),
        )  # fmt: skip
        rows = [
            element(
                "tr", None, element("th", {"scope": "row"}, self._source(drawn.refs[row])),
                element("td", None, f"{cell.share:.0%}"),
                element("td", None, self._source(drawn.refs[column])), element("td", None, str(cell.kind)),
            )
            for row, cells in enumerate(drawn.cells)
            for column, cell in enumerate(cells)
            if cell.kind not in {None, "self"} and (cell.share or row < column)
        ]  # fmt: skip
        if rows:
            tabled = table(("Text", "Share", "In", "How"), rows, "Texts that share something")
            yield element("details", None, element("summary", None, "The same as a table"), tabled)

    def _lineage(self) -> Iterator[Child]:
        trees = self._dossier.trees
        if not trees:
            return
        told = "Each origin, the texts that stand on it, and what was copied or rewritten from them."
        yield element(
            "figure", None, wide("Tree of the lineage", lineage_tree(trees, self._titles)),
            element("figcaption", None, told),
        )  # fmt: skip
        items = (
            element("li", {"dir": "auto"}, f"{tree.name} ({tree.basis})",
                    element("ul", None, (self._node(node, top=True) for node in tree.children)))
            for tree in trees
        )  # fmt: skip
        listed = element("ul", None, items)
        yield element("details", None, element("summary", None, "The same as a list"), listed)

    def _node(self, node: TreeNode, *, top: bool = False) -> Markup:
        below = element("ul", None, (self._node(child) for child in node.children)) if node.children else None
        how = "" if top else f"{node.relation}, {node.share:.0%}: "
        return element("li", {"dir": "auto"}, how, self._source(node.ref), below)

    # quotes, credits, timeline

    def _quotes(self) -> Iterator[Child]:
        if not self._dossier.quotes:
            return
        yield legend(_QUOTED)
        yield element("ul", None, map(self._quote, self._dossier.quotes))

    def _quote(self, family: QuoteHere) -> Markup:
        first, *others = sorted(family.variants, key=lambda one: one.place.words != family.text)
        said = joined(self._variant_parts(first, family))
        more = element("ul", None, (self._variant(one, family) for one in others)) if others else None
        return element("li", None, said, f" — {family.speaker or 'nobody is named'}", more)

    def _variant(self, one: Variant, family: QuoteHere) -> Markup:
        return element("li", {"class": "copied" if one.copied else None}, self._variant_parts(one, family))

    def _variant_parts(self, one: Variant, family: QuoteHere) -> Iterator[Child]:
        yield self.passages.quoted(one.place, marks=[(place, "altered") for place in one.altered])
        told = [f"{one.kind} of the quote" if one.kind != "full" else ""]
        told.append("the text is a copy" if one.copied else "")
        told.append(f"given to {one.speaker}" if one.shift and one.speaker != family.speaker else "")
        told.append(f"leaves out {', '.join(f'“{words}”' for words in one.left_out)}" if one.left_out else "")
        if any(told):
            yield element("span", {"class": "small"}, f" ({'; '.join(filter(None, told))})")

    def _chains(self) -> Iterator[Child]:
        for chain in self._dossier.chains:
            yield element(
                "article", None, element("h3", {"dir": "auto"}, one_line(chain.claim)),
                element("ul", None, self._voice(chain.root)),
            )  # fmt: skip

    def _voice(self, voice: Voice) -> Markup:
        parts: list[Child] = [element("b", {"dir": "auto"}, voice.name), " ", self._references(voice.refs)]
        if voice.cue:
            parts.append(element("span", {"class": "small"}, f"({voice.cue}) "))
        if voice.place is not None:
            parts.append(self.passages.quoted(voice.place))
        parts += [small(self._drift(drift)) for drift in voice.drifts]
        if voice.followers:
            parts.append(element("ul", None, map(self._voice, voice.followers)))
        return element("li", None, parts)

    def _drift(self, drift: DriftHere) -> Iterator[Child]:
        yield f"{drift.kind.replace('-', ' ')}: "
        yield self.passages.quoted(drift.earlier)
        yield " became " if drift.later.words else " was left out"
        if drift.later.words:
            yield self.passages.quoted(drift.later)

    def _timeline(self) -> Iterator[Child]:
        if self._dossier.events:
            rows = map(self._event, self._dossier.events)
            yield table(("When", "What", "Status"), rows, "What happened when, as the sources say")

    def _event(self, event: EventHere) -> Markup:
        first, *others = sorted(event.places, key=lambda place: place.words != event.text)
        said = self.passages.quoted(first)
        also = joined([" ", self.passages.quoted(place)] for place in others)
        more = element("details", None, element("summary", None, f"{len(others)} more"), also)
        return element(
            "tr", None, element("th", {"scope": "row"}, "; or ".join(event.when)),
            element("td", None, said, more if others else None),
            element("td", {"class": event.status}, event.status),
        )  # fmt: skip

    # notes and texts

    def _notes(self) -> Iterator[Child]:
        return map(self._note, self._dossier.notes)

    def _note(self, note: Note) -> Markup:
        known = [
            f"Note {note.id}",
            *(f"#{tag}" for tag in note.tags),
            *(f"[{label}]" for label in note.labels),
        ]
        known += [*(["pinned"] if note.pinned else []), *([note.coder] if note.coder else []), note.modified]
        joining = f"{note.relation}: " if note.relation else "and in: "
        return element(
            "article", {"id": f"note-{note.id}", "class": note.colour if note.colour in COLOURS else None},
            (self._target(target, joining if number else "") for number, target in enumerate(note.targets)),
            element("div", {"dir": "auto"}, Markup(shown(markdown_words(note.text)))) if note.text else None,
            element("p", {"class": "facts", "dir": "auto"}, " · ".join(known)),
        )  # fmt: skip

    def _target(self, target: Target, lead: str) -> Markup:
        text = next((text.text for text in self._dossier.texts if text.ref == target.ref), None)
        anchor = target.anchor
        if target.kind is TargetKind.STORY:
            said: Child = "The story as a whole"
        elif target.kind is TargetKind.SOURCE:
            said = self._named(target.ref, carried=text is not None)
        elif text is not None and text[anchor.start : anchor.end] == anchor.quote and target.confidence > 0:
            said = self.passages.quoted(
                Place(target.ref, anchor.start, anchor.end, anchor.quote, target.place)
            )
        else:
            why = "is no longer in" if text is not None else "is from"
            where = [f" ({why} ", self._named(target.ref, carried=text is not None), ")"]
            said = [element("q", {"dir": "auto"}, anchor.quote), element("span", {"class": "small"}, where)]
        return element("blockquote", None, lead, said)

    def _named(self, ref: Ref, *, carried: bool) -> Child:
        if carried:
            return self._source(ref)
        known = self._dossier.cited.get(ref)
        title = one_line(known.title) if known else ""
        return f"{ref}{f' {title}' if title else ''}, which this dossier does not carry"

    def _sources(self) -> Iterator[Child]:
        yield legend("What is shown above is marked, with a link back.")
        yield from map(self._text, self._dossier.texts)

    def _text(self, source: Source) -> Markup:
        number = "" if source.ref.number is None else f"{source.ref.number} "
        about: Attributes = {
            "class": "text", "data-text": str(source.ref), "dir": "auto", "lang": language_of(source)
        }  # fmt: skip
        title = one_line(source.title) or ("Summary" if source.ref.number is None else "Without a title")
        return element(
            "article", {"id": source_id(source.ref)}, element("h3", {"dir": "auto"}, f"{number}{title}"),
            element("dl", None, facts_of(source)),
            element("div", about, self.passages.in_text(source)),
        )  # fmt: skip
