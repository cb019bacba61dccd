"""What the tests read of a page, by the standard library's own parser of HTML."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from sources.model import Origin, Ref, Source, Zone, ZoneKind
from sources.text.cleaning import sha256_of
from tui.services.dossier import Dossier

if TYPE_CHECKING:
    from collections.abc import Mapping

VOID = {"meta", "br", "hr"}


@dataclass
class Element:
    """An element of a page with what is in it."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def walk(self) -> list[Element]:
        return [self, *(each for child in self.children for each in child.walk())]

    def all(self, name: str) -> list[Element]:
        return [each for each in self.walk() if each.name == name]

    def with_(self, attribute: str) -> list[Element]:
        return [each for each in self.walk() if attribute in each.attributes]

    def one(self, identity: str) -> Element:
        (found,) = [each for each in self.walk() if each.attributes.get("id") == identity]
        return found

    @property
    def text(self) -> str:
        return "".join(self.texts)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(made)
        if tag not in VOID:
            self.stack.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:  # <br /> of Markdown
            return
        assert self.stack[-1].name == tag, f"{tag} ends {self.stack[-1].name}"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        for each in self.stack:
            each.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def read(page: str) -> Element:
    """Return a page as a tree; fails where an element is not closed in its place."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert builder.stack == [builder.root]
    return builder.root


def text_of(number: int | None, text: str, **facts: str) -> Source:
    """Return a text of the story ``tide``."""
    known: Mapping[str, str | None] = {
        "title": f"Title {number}", "publisher": None, "author": None, "date": None, "url": None, **facts
    }  # fmt: skip
    return Source(
        Ref("tide", number), known["title"], known["publisher"], known["author"], known["date"], known["url"],
        None, text, (Zone(ZoneKind.BODY, 0, len(text)),), Origin(None, sha256_of(text), "text"),
    )  # fmt: skip


def dossier_with(*texts: Source, **parts: object) -> Dossier:
    """Return a dossier of texts, with whatever else."""
    return replace(Dossier("tide", "The tide", texts), **parts)  # type: ignore[arg-type]  # named as the fields
