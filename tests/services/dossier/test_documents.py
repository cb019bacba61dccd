"""The dossier as Markdown and as JSON."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from sources.model import Ref
from tests.notes.libraries import chance_notes, chance_sources, collection_of
from tui.services.dossier.as_json import write_dossier as write_json
from tui.services.dossier.as_markdown import write_dossier as write_markdown
from tui.services.dossier.gathering import dossier_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.services.dossier import Dossier


def by_chance(seed: int, count: int = 10) -> Dossier:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    sources = chance_sources(chance)
    return dossier_of(collection_of(chance_notes(chance, count, sources), sources))


def places(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"ref", "start", "end", "text"} <= value.keys():
            yield value
        for each in value.values():
            yield from places(each)
    elif isinstance(value, list):
        for each in value:
            yield from places(each)


@pytest.mark.long
def test_the_json_has_the_texts_the_notes_and_the_evidence(dossier: Dossier) -> None:
    document = json.loads(write_json(dossier))
    assert document["schema"] == "crossread/export-story/1"
    assert [each["text"] for each in document["sources"]] == [each.text for each in dossier.sources]
    assert document["summary"]["text"] == dossier.texts[0].text
    assert len(document["notes"]) == 2
    for part in ("sentences", "origins", "lineage", "figures", "quotes", "chains", "timeline"):
        assert document[part], part
    texts = {each["ref"]: each["text"] for each in [*document["sources"], document["summary"]]}
    evidence = {name: part for name, part in document.items() if name not in {"notes", "summary", "sources"}}
    found = list(places(evidence))
    assert len(found) > 200
    assert all(texts[one["ref"]][one["start"] : one["end"]] == one["text"] for one in found)


def test_the_markdown_has_a_heading_for_each_part(dossier: Dossier) -> None:
    written = write_markdown(dossier)
    tokens = MarkdownIt("commonmark").parse(written)
    headings = [
        after.content.split(":")[0]
        for token, after in pairwise(tokens)
        if token.markup == "##" and token.nesting == 1
    ]
    assert headings[:8] == [
        "The summary, sentence by sentence", "Origins", "Who stems from whom", "Figures, source by source",
        "Who said it first", "Quotes and their variants", "Chains of credits", "Timeline",
    ]  # fmt: skip
    assert len(headings) == 8 + len(dossier.texts)
    assert "**supported**" in written
    assert "2 citations, 1 origin: Ledger Wire" in written


@pytest.mark.parametrize("seed", range(6))
def test_a_story_of_hostile_words_has_no_html_in_markdown(seed: int) -> None:
    dossier = by_chance(seed)
    tokens = MarkdownIt("commonmark").parse(write_markdown(dossier))
    kinds = {token.type for token in tokens} | {c.type for token in tokens for c in token.children or []}
    assert not kinds & {"html_block", "html_inline", "image"}
    assert write_markdown(dossier).count("*Note ") == 10


def test_nothing_at_all_can_be_written_too() -> None:
    empty = dossier_of(collection_of([], []))
    assert write_markdown(empty) == "# The night ferry\n"
    document = json.loads(write_json(empty))
    assert document["summary"] is None
    assert document["sources"] == document["notes"] == []


def test_texts_come_summary_first_and_then_by_number() -> None:
    dossier = dossier_of(collection_of([], chance_sources(random.Random(2))[::-1]))  # noqa: S311
    assert [text.ref for text in dossier.texts] == [Ref("night-ferry", number) for number in (1, 2, 3)]
