from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from sources.errors import RequestError
from sources.evidence.lineage import StoryOrigin
from sources.evidence.lineage.drawing import HeatCell, HeatMap, OriginTree, Relation, TreeNode
from sources.model import Ref, Zone, ZoneKind
from sources.text.cleaning import sha256_of
from tests.hostile import STRINGS
from tests.notes.libraries import chance_notes, chance_sources, collection_of
from tests.services.dossier.pages import dossier_with, read, text_of
from tui.services.dossier import (
    Chain,
    Differing,
    DriftHere,
    EventHere,
    FigureRow,
    Held,
    Place,
    QuoteHere,
    Sentence,
    StatementHere,
    Value,
    Variant,
    Voice,
)
from tui.services.dossier.gathering import dossier_of
from tui.services.dossier.page import policy, write_dossier
from tui.services.dossier.passages import Passages

if TYPE_CHECKING:
    from tests.services.dossier.pages import Element
    from tui.services.dossier import Dossier

SECTIONS = [
    "summary", "origins", "figures", "first", "overlap", "lineage", "quotes", "credits", "timeline", "notes",
    "sources",
]  # fmt: skip


def place(source_number: int | None, text: str, words: str) -> Place:
    start = text.index(words)
    return Place(Ref("tide", source_number), start, start + len(words), words)


@pytest.fixture(scope="module")
def page_of_sample(gathered: tuple[Dossier, object]) -> str:
    return write_dossier(gathered[0])


@pytest.fixture(scope="module")
def tree(page_of_sample: str) -> Element:
    return read(page_of_sample)


def test_a_story_has_all_sections_in_order_with_links_to_them(tree: Element) -> None:
    sections = tree.all("section")
    assert [each.attributes["id"] for each in sections] == SECTIONS
    (nav,) = tree.all("nav")
    assert [link.attributes["href"] for link in nav.all("a")] == [f"#{name}" for name in SECTIONS]


def test_the_structure_can_be_read_aloud(tree: Element) -> None:
    (html,) = tree.all("html")
    assert html.attributes["lang"] == "en"
    assert [len(tree.all(name)) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    levels = [int(each.name[1]) for each in tree.walk() if re.fullmatch("h[1-6]", each.name)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    for section in tree.all("section"):
        assert tree.one(section.attributes["aria-labelledby"]).text
    for table in tree.all("table"):
        assert {each.attributes["scope"] for each in table.all("th")} <= {"col", "row"}
        widths = {len([*row.all("th"), *row.all("td")]) for row in table.all("tr")}
        assert len(widths) == 1
    assert all(each.attributes["aria-label"] for each in tree.all("svg"))


def test_every_link_inside_the_page_leads_somewhere(tree: Element) -> None:
    identities = [each.attributes["id"] for each in tree.with_("id")]
    assert len(identities) == len(set(identities))
    links = {each.attributes["href"] for each in tree.with_("href")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(identities)
    assert all(link.startswith(("#", "https://", "http://")) for link in links)


def test_every_sentence_of_the_summary_has_a_verdict_and_links_to_passages(
    tree: Element, dossier: Dossier
) -> None:
    items = [each for each in tree.all("li") if "sentence" in each.attributes.get("class", "").split()]
    assert len(items) == len(dossier.sentences) == 22
    for item, sentence in zip(items, dossier.sentences, strict=True):
        assert sentence.verdict in item.attributes["class"].split()
        shown = item.with_("data-passage")
        assert shown[0].text == sentence.place.words
        cited = [check for check in sentence.checks if check.evidence]
        assert len(shown) > len(cited)
        for check in cited:
            assert {words.words for words in check.evidence} <= {each.text for each in shown}


def test_a_passage_is_marked_in_its_text_and_linked_both_ways(tree: Element, dossier: Dossier) -> None:
    texts = {each.attributes["data-text"]: each for each in tree.with_("data-text")}
    assert {ref: each.text for ref, each in texts.items()} == {
        str(one.ref): one.text for one in dossier.texts
    }
    targets = {each.attributes["id"] for text in texts.values() for each in text.with_("id")}
    shown = {f"p{each.attributes['data-passage']}": each.text for each in tree.with_("data-passage")}
    assert targets == shown.keys()
    for text in texts.values():
        for mark in text.with_("id"):
            assert shown[mark.attributes["id"]].startswith(mark.text)
    backs = {each.attributes["href"][1:] for text in texts.values() for each in text.all("a")}
    assert backs <= {each.attributes["id"] for each in tree.with_("data-passage")}


def test_the_record_has_the_digest_of_each_text(tree: Element, dossier: Dossier) -> None:
    record = json.loads(tree.one("record").text)
    assert {each["ref"]: each["sha256"] for each in record["texts"]} == {
        str(text.ref): sha256_of(text.text) for text in dossier.texts
    }
    for one in record["passages"]:
        ref = Ref.parse(one["ref"])
        (text,) = (text.text for text in dossier.texts if text.ref == ref)
        assert text[one["start"] : one["end"]] == one["words"]


def test_nothing_is_run_and_nothing_is_loaded(page_of_sample: str, tree: Element) -> None:
    assert not {each.name for each in tree.walk()} & {
        "script", "img", "iframe", "object", "embed", "link", "form", "input", "base", "video", "audio",
    }  # fmt: skip
    attributes = {name for each in tree.walk() for name in each.attributes}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {
        "style",
        "src",
        "srcset",
    }
    (style,) = tree.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text
    (policy_here,) = (
        each.attributes["content"]
        for each in tree.all("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy_here == policy()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy_here
    assert page_of_sample.index("Content-Security-Policy") < page_of_sample.index("<style>")


def test_the_same_story_gives_the_same_bytes(page_of_sample: str, dossier: Dossier) -> None:
    assert write_dossier(dossier) == page_of_sample


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_colours_have_enough_contrast(tree: Element, scheme: str) -> None:
    (style,) = tree.all("style")
    blocks = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]+)", block))
        for block in re.findall(r":root \{[^}]*\}", style.text)
    ]
    colours = blocks[0] | (blocks[("light", "dark", "print").index(scheme)])
    for name in ("ink", "faint", "link", "good", "part", "none", "bad", "bare"):
        assert _contrast(colours[name], colours["paper"]) >= 4.5, name
    for name in ("ink", "faint", "link"):
        assert _contrast(colours[name], colours["raised"]) >= 4.5, name
    for name in ("mark", "target", "odd"):
        assert _contrast(colours["ink"], colours[name]) >= 4.5, name


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_note_has_its_words_its_colour_and_its_passage(tree: Element) -> None:
    first, second = tree.one("notes").all("article")
    assert first.attributes["class"] == "blue"
    assert [each.text for each in first.with_("data-passage")] == ["did not look for a buyer"]
    assert first.all("strong")[0].text == "Moss"
    assert "<script>alert(1)</script>" in first.text
    assert "#claim" in first.text
    assert second.all("blockquote")[0].all("a")[0].attributes["href"] == "#source-4"


def test_a_passage_that_is_no_longer_there_is_told_and_not_linked() -> None:
    sources = chance_sources(random.Random(5))  # noqa: S311 - not for secrets
    (note, *_) = [
        note
        for note in chance_notes(random.Random(5), 30, sources)  # noqa: S311
        if len(note.targets) == 1 and note.targets[0].anchor.quote.strip()
    ]
    lost = replace(note, targets=(replace(note.targets[0], confidence=0.0),))
    kept = dossier_of(collection_of([note], sources))
    gone = dossier_of(collection_of([lost], sources))
    assert read(write_dossier(kept)).one("notes").with_("data-passage")
    article = read(write_dossier(gone)).one("notes")
    assert not article.with_("data-passage")
    assert "is no longer in" in article.text


@pytest.mark.parametrize("seed", range(6))
def test_hostile_stories_are_only_ever_text(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    sources = chance_sources(chance)
    dossier = dossier_of(collection_of(chance_notes(chance, 20, sources), sources))
    tree = read(write_dossier(dossier))
    assert {each.attributes["data-text"]: each.text for each in tree.with_("data-text")} == {
        str(text.ref): text.text for text in dossier.texts
    }
    assert len(tree.one("notes").all("article")) == 20
    assert not {each.name for each in tree.walk()} & {"script", "img", "iframe", "object"}


def hostile_dossier(word: str) -> Dossier:
    """Return a dossier that has ``word`` wherever a word can be."""
    text = f"The {word} ran. It was dark."
    source = text_of(1, text, title=word, publisher=word, author=word, url=word)
    summary = text_of(None, f"A {word}.")
    ran, dark, said = (place(1, text, words) for words in (f"The {word}", "It was dark.", "ran"))
    whole = Place(Ref("tide", None), 0, len(summary.text), summary.text)
    held = Held(Ref("tide", 1), "partial", 0.5, (ran, dark), (whole,), (Differing(word, whole, ran),))
    voice = Voice(word, word, (Ref("tide", 1),), ran, word, (DriftHere(word, ran, said),), ())
    cell = HeatCell(0.5, "copy")
    return dossier_with(
        summary,
        source,
        title=word,
        sentences=(
            Sentence(
                whole, "partial", word, ((1,), (1, 2)), (StatementHere(whole, "partial"),), (held,), (held,),
                (word,), (7,), "supported", word,
            ),
        ),
        unjudged=word,
        origins=(StoryOrigin(word, (Ref("tide", 1),), word),),
        overlap=HeatMap((Ref("tide", 1), Ref("tide", 2)), ((cell, cell), (cell, cell))),
        trees=(OriginTree(word, word, (TreeNode(Ref("tide", 1), Relation.STANDS_ON, 0.0, ()),)),),
        figures=(FigureRow(word, word, word, (Value(word, before=False, dissents=True, places=(ran,)),)),),
        quotes=(
            QuoteHere(word, word, (Variant(ran, word, word, (ran,), (word,), shift=True, copied=False),)),
        ),
        chains=(Chain(word, voice),),
        events=(EventHere((word,), word, word, (ran, dark)),),
        left_out=(word,),
        redacted=(word,),
    )  # fmt: skip


ORDINARY = {each.name for each in read(write_dossier(hostile_dossier("word"))).walk()}


@pytest.mark.long
@pytest.mark.parametrize("word", [word for word in STRINGS if len(word) < 400])
def test_no_word_anywhere_becomes_markup(word: str) -> None:
    page = write_dossier(hostile_dossier(word))
    tree = read(page)
    assert {each.name for each in tree.walk()} <= ORDINARY
    assert not {name for each in tree.walk() for name in each.attributes if name.startswith("on")}
    assert "\u202e" not in page


def test_a_verdict_of_the_user_stands_beside_that_of_the_program() -> None:
    summary = text_of(None, "It was dark 9.")
    whole = Place(summary.ref, 0, len(summary.text), summary.text)
    plain = Sentence(whole, "unsupported", "9", (), (), (), (), ())
    overruled = replace(plain, verdict="supported", found="unsupported", note="I asked <her>.", absent=(9,))
    (item,) = read(write_dossier(dossier_with(summary, sentences=(overruled,)))).one("summary").all("li")
    assert (
        "✓ supported · cites 9, which is not there · overruled by the user: the program found it unsup"
        in item.text
    )
    assert item.all("blockquote")[0].text == "I asked <her>."
    (item,) = read(write_dossier(dossier_with(summary, sentences=(plain,)))).one("summary").all("li")
    assert "overruled" not in item.text
    assert "not there" not in item.text


# Marks in texts


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([(0, 3)], ["One"]),
        ([(0, 13), (4, 7)], ["One two three", "two"]),
        ([(0, 7), (4, 13)], ["One two", "two", " three"]),
        ([(4, 4)], [""]),
        ([(8, 18)], ["three", "Four"]),
        ([(0, 23)], ["One two three", "Four five"]),
        ([(13, 14)], [""]),
        ([(0, 3), (0, 3)], ["One"]),
        ([(14, 23), (0, 3)], ["One", "Four five"]),
    ],
)
def test_marks_are_within_one_another_and_within_lines(
    spans: list[tuple[int, int]], marked: list[str]
) -> None:
    source = text_of(1, "One two three\nFour five\n")
    passages = Passages()
    for start, end in spans:
        passages.quoted(Place(source.ref, start, end, source.text[start:end]))
    tree = read(passages.in_text(source))
    assert tree.text == source.text
    assert [each.text for each in tree.walk() if each.attributes.get("class") == "cited"] == marked
    assert len(tree.with_("id")) == len(set(spans))


def test_marks_without_end_within_one_another_stay_shallow() -> None:
    source = text_of(1, "x" * 400)
    passages = Passages()
    for start in range(180):
        passages.quoted(Place(source.ref, start, 400 - start, source.text[start : 400 - start]))
    written = passages.in_text(source)
    assert read(written).text == source.text
    assert len(read(written).with_("id")) == 180
    depth = deepest = 0
    for found in re.findall(r"</?span", written):
        depth += -1 if found.startswith("</") else 1
        deepest = max(deepest, depth)
    assert deepest == 31


def test_headings_and_muted_lines_are_shown_as_such() -> None:
    text = "Head\nBody\n\nCredit"
    zones = (Zone(ZoneKind.HEADING, 0, 5), Zone(ZoneKind.BODY, 5, 11), Zone(ZoneKind.CREDIT, 11, 17))
    tree = read(Passages().in_text(replace(text_of(1, text), zones=zones)))
    assert [each.attributes.get("class") for each in tree.all("p")] == ["heading", None, "muted"]
    assert tree.text == text


def test_a_dossier_that_would_be_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = dossier_with(text_of(1, "A text."))
    size = len(write_dossier(dossier).encode())
    monkeypatch.setattr("tui.services.dossier.record.MOST_BYTES", size)
    assert write_dossier(dossier)
    monkeypatch.setattr("tui.services.dossier.record.MOST_BYTES", size - 1)
    with pytest.raises(RequestError, match="can be checked"):
        write_dossier(dossier)
