from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import RequestError
from sources.evidence.entities import Entity, EntityKind
from sources.model import Anchor, Note, Ref, Span, Target, Zone, ZoneKind
from tests.services.dossier.pages import dossier_with, text_of
from tui.services.dossier import Place, QuoteHere, Variant
from tui.services.dossier.as_json import write_dossier as write_json
from tui.services.dossier.as_markdown import write_dossier as write_markdown
from tui.services.dossier.page import write_dossier
from tui.services.dossier.redaction import redacted as redaction_of
from tui.services.dossier.verification import verify_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.services.dossier import Dossier

TEXT = (
    "Lin Okafor’s ferry left. MOSS said no; Ada\nMoss, of Moss & Co, was dark. A mossy quay. Ms Okafor left."
)
ADA = Entity("ada-moss", "Ada Moss", EntityKind.PERSON, ("Moss",), ())
LIN = Entity("lin-okafor", "Lin Okafor", EntityKind.PERSON, (), ())


def redacted(dossier: Dossier, wanted: Sequence[str], entities: Sequence[Entity]) -> Dossier:
    return redaction_of(dossier, wanted, entities).dossier


def story(text: str = TEXT, **facts: str) -> Dossier:
    return dossier_with(text_of(1, text, **facts))


def test_a_name_has_one_pseudonym_in_all_its_forms() -> None:
    found = redacted(story(), ["Ada Moss"], [ADA, LIN])
    assert found.texts[0].text == (
        "Lin Okafor’s ferry left. Person 1 said no; Person 1, of Person 1 & Co, was dark. A mossy quay."
        " Ms Okafor left."
    )
    assert found.redacted == ("Person 1",)


@pytest.mark.parametrize("order", [["Ada Moss", "lin okafor"], ["Lin Okafor", "Moss"]])
def test_who_is_named_first_is_the_first_whoever_is_asked_for_first(
    order: list[str],
) -> None:
    found = redacted(story(), order, [ADA, LIN])
    assert found.texts[0].text.startswith("Person 1’s ferry left. Person 2 said no; Person 2, of")
    # The surname alone is hidden too, though the texts' names do not have it.
    assert found.texts[0].text.endswith("Ms Person 1 left.")


def test_longer_words_with_a_name_in_them_are_left_and_told() -> None:
    dossier = story("Ada Moss met Mosses, a mossy Mossman and @adamoss. Lin Ada left, ADA said.")
    assert redaction_of(dossier, ["Ada Moss"], [ADA]).doubtful == ("Mosses", "mossy", "Mossman", "adamoss")
    assert redaction_of(dossier, ["Lin"], []).doubtful == ()


def test_what_is_asked_for_twice_is_hidden_once() -> None:
    assert redacted(story(), ["Ada Moss", "Moss", "ada  moss"], [ADA]).redacted == ("Person 1",)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("Zebra", "Nothing in tide is called Zebra"),
        ("", "is called nothing"),
        ("tide/9", "There is no source tide/9"),
        ("Moss", "Moss may be Ada Moss or Ben Moss"),
    ],
)
def test_what_is_not_there_is_refused(wanted: str, told: str) -> None:
    ben = Entity("ben-moss", "Ben Moss", EntityKind.PERSON, ("Moss",), ())
    with pytest.raises(RequestError, match=told):
        redacted(story(), [wanted], [ADA, ben])


def test_a_name_that_only_the_words_have_is_hidden_too() -> None:
    found = redacted(story(), ["ferry"], [])
    assert found.texts[0].text.startswith("Lin Okafor’s Name 1 left.")


def test_a_source_loses_what_it_is_known_by() -> None:
    text = "By Ada Moss\nThe Tide reports. So the Tide said; tides turn. More at tide-news.example."
    known = {"publisher": "The Tide", "author": "Ada Moss", "url": "https://www.tide-news.example/a"}
    other = text_of(2, "THE TIDE was first, Title 1 says.", url="https://other.example/the-tide-news.example")
    found = redacted(dossier_with(text_of(1, text, **known), other), ["tide/1"], [])
    first, second = found.texts
    assert first.text == ("By Source A\nSource A reports. So Source A said; tides turn. More at Source A.")
    assert (first.title, first.publisher, first.author, first.url) == ("Source A", None, None, None)
    assert second.text == "Source A was first, Source A says."
    assert second.url is None


def test_letters_go_on_after_z() -> None:
    texts = [text_of(number, f"Word{number}.", title=f"Paper Number{number} Here") for number in range(1, 29)]
    found = redacted(dossier_with(*texts), [str(text.ref) for text in texts], [])
    assert [found.texts[at].title for at in (0, 25, 26, 27)] == [
        "Source A",
        "Source Z",
        "Source AA",
        "Source AB",
    ]


def test_a_story_named_after_somebody_gets_another_name() -> None:
    text = replace(text_of(1, TEXT), ref=Ref("ada-moss-trial", 1))
    place = Place(text.ref, 0, 3, "Lin")
    quote = QuoteHere("Lin", None, (Variant(place, "full", None, (), (), shift=False, copied=False),))
    found = redacted(
        replace(dossier_with(text, quotes=(quote,)), story="ada-moss-trial"), ["Ada Moss"], [ADA]
    )
    assert found.story == "story"
    assert found.texts[0].ref == found.quotes[0].variants[0].place.ref == Ref("story", 1)
    assert "moss" not in write_dossier(found).replace("A mossy quay", "")


def note_on(*targets: Target, **facts: object) -> Note:
    return Note(1, "Ask Moss.", ("moss", "Moss"), (), "2031", "2031", targets, **facts)  # type: ignore[arg-type]


def test_notes_and_their_passages_are_redacted_with_the_text() -> None:
    here = Target(Ref("tide", 1), Anchor.at(TEXT, Span(TEXT.index("Ada"), TEXT.index(" was"))))
    # What surrounds a lost passage, or one that is elsewhere, may end in the middle of a name.
    lost = Target(Ref("tide", 1), Anchor(0, 9, "Ada Moss!", "by Ada Mo", "ss went"), confidence=0.0)
    moved = replace(here, made=Anchor(1, 2, "Moss", "Ada Mo", "s"))
    dossier = replace(story(), notes=(note_on(here, lost, moved, coder="Ada Moss"),))
    (note,) = redacted(dossier, ["Ada Moss"], [ADA]).notes
    text = redacted(dossier, ["Ada Moss"], [ADA]).texts[0].text
    assert (note.text, note.tags, note.coder) == ("Ask Person 1.", ("moss", "Person 1"), "Person 1")
    first, second, third = note.targets
    assert first.anchor == Anchor.at(text, Span(text.index("Person 1, of"), text.index(" was")))
    assert second.anchor == Anchor(0, 9, "Person 1!", "", "")
    assert third.made == Anchor(1, 2, "Person 1", "", "")


def test_zones_still_account_for_all_of_a_text() -> None:
    at = TEXT.index("\n") + 1
    text = replace(
        text_of(1, TEXT), zones=(Zone(ZoneKind.HEADING, 0, at), Zone(ZoneKind.BODY, at, len(TEXT)))
    )
    found = redacted(dossier_with(text), ["Ada Moss", "Lin Okafor"], [ADA, LIN]).texts[0]
    ends = [0, *(zone.end for zone in found.zones)]
    assert [zone.start for zone in found.zones] == ends[:-1]
    assert ends[-1] == len(found.text)


@given(start=st.integers(0, len(TEXT)), length=st.integers(0, len(TEXT)))
def test_places_are_of_the_redacted_text(start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    place = Place(Ref("tide", 1), start, end, TEXT[start:end])
    quote = QuoteHere("", None, (Variant(place, "full", None, (), (), shift=False, copied=False),))
    found = redacted(replace(story(), quotes=(quote,)), ["Ada Moss", "Lin Okafor"], [ADA, LIN])
    now = found.quotes[0].variants[0].place
    text = found.texts[0].text
    assert text[now.start : now.end] == now.words
    assert (now.start == now.end) == (start == end)


def test_a_redacted_story_has_no_trace_of_a_name_in_any_format(
    dossier: Dossier, entities: Sequence[Entity], tmp_path: Path
) -> None:
    hidden = redacted(dossier, ["Ada Moss", "Lin Okafor", "harbour-deal/12", "harbour-deal/1"], entities)
    assert hidden.redacted == ("Person 1", "Person 2", "Source A", "Source B")
    page = write_dossier(hidden)
    for written in (page, write_json(hidden), write_markdown(hidden)):
        assert not re.search(r"\b(moss|okafor|ledger wire|saltmarsh)\b", written, re.IGNORECASE)
        assert "Person 1" in written
        assert "Source B" in written
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert verify_file(tmp_path / "page.html").intact
    assert "Redacted." in page
    sums = {text.ref: text.origin.sha256 for text in dossier.texts}
    assert all(text.origin.sha256 != sums[text.ref] for text in hidden.texts if "Person 1" in text.text)


def test_the_json_says_what_was_redacted(dossier: Dossier, entities: Sequence[Entity]) -> None:
    assert json.loads(write_json(dossier))["redacted"] == []
    assert json.loads(write_json(redacted(dossier, ["Ada Moss"], entities)))["redacted"] == ["Person 1"]
