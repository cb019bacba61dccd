"""Help on the query language: its syntax as one list, and what a query means in plain words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.query.tree import (
    UNQUOTED,
    And,
    BoolQuery,
    Dates,
    Figures,
    Fuzzy,
    InStory,
    IsRef,
    Near,
    Not,
    Numbers,
    Or,
    Phrase,
    Prefix,
    Spoken,
    Tagged,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.query.tree import Leaf, Node, Worded


class SyntaxEntry(NamedTuple):
    """A way to say something in a query: how it is written, what it finds, an example on the bundled story.

    ``write`` and ``finds`` are Markdown whose only markup are backticks.
    """

    name: str
    write: str
    finds: str
    example: str


@lru_cache(maxsize=1)
def syntax() -> tuple[SyntaxEntry, ...]:
    """Return all ways to say something in a query, in the order of the help."""
    from importlib.resources import files  # which takes long to load, and a search never comes here

    written = files(__package__).joinpath("syntax.md").read_text("utf-8")
    rows = (line.strip("| ").split(" | ") for line in written.splitlines()[2:])
    return tuple(SyntaxEntry(*row) for row in rows)


def syntax_table() -> str:
    """Return the list as a Markdown table."""
    lines = ["| write | finds | for example |", "|---|---|---|"]
    lines += [f"| {sign.write} | {sign.finds} | `{sign.example}` |" for sign in syntax()]
    return "\n".join(lines) + "\n"


def examples(known: Mapping[str, str]) -> dict[str, str]:
    """Return an example for every sign, from what is known of a source where there is something.

    ``known`` has, where they are known, a ``title`` word, ``publisher``, ``author``, ``date`` (a month),
    ``story``, ``speaker``, ``quote``, ``percent`` and ``money`` as they are written, and names: ``person``,
    ``org``, ``place``, ``name`` (of any kind).
    """
    fitting = {
        "phrase": ("name", "{}"),
        "must": ("title", "+{}"),
        "fields": ("title", "title:{}"),
        "entities": ("person", "person:{}"),
        "speaker": ("speaker", "speaker:{}"),
        "quote": ("quote", "quote:{}"),
        "only-quotes": ("title", "only:quotes {}"),
        "not-quotes": ("name", "not:quotes {}"),
        "figure": ("money", "figure:{}"),
        "date": ("date", "date:{}"),
        "date-range": ("date", "date:>={}"),
        "place": ("story", "story:{}"),
    }
    made = {sign.name: sign.example for sign in syntax()}
    for sign, (kind, pattern) in fitting.items():
        value = " ".join(known.get(kind, "").replace('"', " ").split())
        bare = kind in {"date", "story"} or (kind == "title" and value.isalpha())
        if value:
            made[sign] = pattern.format(value if bare else f'"{value}"')
    return made


_PLACES = {
    UNQUOTED: " outside quotes",
    "quote": " in quotes",
    "note": " in notes",
    "entity": " among the names",
    "person": " among the persons",
    "org": " among the organisations",
    "place": " among the places",
    "speaker": " among the speakers",
}


def describe(node: Node) -> str:
    """Say what is searched for, as one line without a full stop."""
    match node:
        case And(parts):
            return _listed(parts, " and ")
        case Or(parts):
            return _listed(parts, " or ")
        case Not(part):
            return f"not {_within(part)}"
        case BoolQuery():
            return _beside(node)
        case Spoken(part, by):
            return f"{_words(part)} in quotes of {describe(by).replace(_PLACES['speaker'], '')}"
        case _:
            return _leaf(node)


def _beside(node: BoolQuery) -> str:
    said = [_within(part) for part in node.must]
    if node.should:
        words = ", ".join(_within(part) for part in node.should)
        several = len(node.should) > 1
        how = ("any of " if several else "") if node.needs_should else "better with "
        said.append(f"{how}{words}")
    said.extend(f"without {_within(part)}" for part in node.must_not)
    return ", ".join(said)


def _listed(parts: Iterable[Node], joint: str) -> str:
    return joint.join(_within(part) for part in parts)


def _within(node: Node) -> str:
    said = describe(node)
    return f"({said})" if isinstance(node, And | Or | BoolQuery) else said


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Word() | Phrase() | Prefix() | Near() | Fuzzy():
            return _words(leaf) + _in(leaf.field)
        case Dates(_, _, low, high):
            return f"dated {low}" if low == high else f"dated {_between(low, high)}"
        case Numbers(_, _, low, high):
            if low is None:
                return "the summary"
            return f"number {low}" if low == high else f"numbers {low} to {high}"
        case _:
            return _other(leaf)


def _words(leaf: Worded) -> str:
    match leaf:
        case Prefix():
            return f"words in {leaf.text}"
        case Near():
            return f"{' and '.join(leaf.terms)} within {leaf.within} words"
        case Fuzzy():
            return f"words like {leaf.term}"
        case _:
            return leaf.text


def _between(low: str | None, high: str | None) -> str:
    if low is None:
        return f"{high} or earlier"
    return f"{low} or later" if high is None else f"{low} to {high}"


def _other(leaf: Figures | Tagged | InStory | IsRef) -> str:
    match leaf:
        case Figures():
            return f"the amount {leaf.text}"
        case Tagged():
            return f"{leaf.field} {leaf.value}{'*' if leaf.begins else ''}"
        case InStory():
            return f"in stories {leaf.slug}*" if leaf.begins else f"in story {leaf.slug}"
        case IsRef():
            return f"source {leaf.ref}"


def _in(field: str | None) -> str:
    if field is None:
        return ""
    return _PLACES.get(field, f" in the {field}")
