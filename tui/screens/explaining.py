"""The query language at hand: its signs, with examples taken from the story that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.query_help import QueryHelp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.frame import Frame


class Explaining:
    """Shows what a search can say."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return what runs for the commands of this part."""
        return {"query-help": self.show}

    def known(self) -> dict[str, str]:
        """Return what the open source offers for examples, by kind; what is not known is left out."""
        frame, source = self._frame, self._frame.desk.source
        if source is None:
            return {}
        evidence = frame.evidence_pane.evidence
        named = sorted(evidence.entities, key=lambda entity: -entity.count)
        found = {
            "title": max((source.title or "").split(), key=len, default=""),
            "publisher": source.publisher or "",
            "author": source.author or "",
            "date": (source.date or "")[:7],
            "story": source.ref.story,
            "speaker": next((quote.speaker for quote in evidence.quotes if quote.speaker), ""),
            "quote": next((" ".join(quote.text.split()[:3]) for quote in evidence.quotes), ""),
            "percent": next((figure.text for figure in evidence.figures if figure.kind == "percent"), ""),
            "money": next((figure.text for figure in evidence.figures if figure.kind == "money"), ""),
            "name": next((entity.name for entity in named), ""),
        }
        kinds = {"person": "person", "organisation": "org", "place": "place"}
        for kind, field in kinds.items():
            found[field] = next((entity.name for entity in named if entity.kind == kind), "")
        return {name: text for name, text in found.items() if text}

    def show(self) -> None:
        """Show the signs; the example that is chosen is searched for."""
        from index.query.signs import SIGNS, examples  # noqa: PLC0415 - the index is loaded beside the screen

        frame = self._frame

        def closed(example: str | None) -> None:
            if example is not None:
                frame.searching.begin()
                frame.searching.ask(example)

        frame.app.push_screen(QueryHelp(SIGNS, examples(self.known())), closed)
