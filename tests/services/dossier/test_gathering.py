from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sources import sample
from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tui.services.audit import audit_story, overrule
from tui.services.dossier import as_json, as_markdown, gathering, page
from tui.services.dossier.gathering import gather_dossier
from tui.services.exports import gather_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.services.dossier import Dossier, Place

TEXTS = (
    "The paper mill in Ostwick will close on 3 March, its owner said. About 240 people work there.",
    "“We close the mill,” said Ada Moss, who owns it. The union says that 240 jobs go.",
)


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        paths = []
        for number, text in enumerate(TEXTS, 1):
            paths.append(tmp_path / f"{number}.txt")
            paths[-1].write_text(f"The mill {number}\n\n{text}\n", "utf-8")
        assert not import_paths(library, list(map(str, paths)), story="mill").failed
        yield library


def test_a_story_without_a_summary_has_no_verdicts(mill: Library) -> None:
    found = gather_dossier(mill, gather_story(mill, "mill"))
    assert found.summary is None
    assert found.sentences == ()
    assert [source.ref for source in found.sources] == [Ref("mill", 1), Ref("mill", 2)]
    assert found.quotes[0].speaker == "Ada Moss"
    assert found.left_out == ()


def test_a_text_without_a_publisher_goes_by_its_number(mill: Library) -> None:
    found = gather_dossier(mill, gather_story(mill, "mill"))
    assert {origin.name for origin in found.origins} == {"source 1", "source 2"}
    assert {tree.name for tree in found.trees} == {"source 1", "source 2"}


def test_an_archive_has_its_texts_and_says_what_is_missing(
    mill: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "WHOLE_STORIES", 2)
    assert gather_dossier(mill, gather_story(mill, "mill")).quotes
    monkeypatch.setattr(gathering, "WHOLE_STORIES", 1)
    found = gather_dossier(mill, gather_story(mill, "mill"))
    assert found.left_out == ("2 texts are too many for their evidence to be shown together.",)
    assert len(found.texts) == 2
    assert not found.quotes


def test_every_place_has_the_words_that_are_there(dossier: Dossier) -> None:
    texts = {text.ref: text.text for text in dossier.texts}
    places: list[Place] = [place for one in dossier.figures for value in one.values for place in value.places]
    places += [variant.place for quote in dossier.quotes for variant in quote.variants]
    places += [place for event in dossier.events for place in event.places]
    places += [place for one in dossier.sentences for check in one.checks for place in check.evidence]
    assert len(places) > 200
    assert all(texts[one.ref][one.start : one.end] == one.words for one in places)


@pytest.mark.long
def test_what_the_user_decided_stands_beside_what_was_found(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        import_paths(library, [str(sample.page_path())], story=sample.STORY)
        before = gather_dossier(library, gather_story(library, sample.STORY)).sentences[1]
        assert (before.verdict, before.found) == ("supported", None)
        audited = audit_story(library, sample.STORY)
        assert audited is not None
        overrule(library, audited, 2, "partial", "No day is given.")
        after = gather_dossier(library, gather_story(library, sample.STORY)).sentences[1]
        assert (after.verdict, after.found, after.note) == ("partial", "supported", "No day is given.")


def test_who_said_it_first_is_in_the_dossier_and_named_only_where_it_is_proved(
    mill: Library, tmp_path: Path
) -> None:
    said = "The fire at the mill in Ostend cost its owner, Brill Foods, $4.2 million."
    texts = (said, f"{said} Nobody was hurt in it.")
    for proved, days in ((True, ("2031-06-10", "2031-06-11")), (False, ("2031-06-10", "2031-06-10"))):
        story = f"mill-{proved}".lower()
        lines = [
            {"id": f"{story}-{number}", "title": f"Mill {number}", "date": day, "story": story, "text": text}
            for number, (day, text) in enumerate(zip(days, texts, strict=True), start=1)
        ]
        (tmp_path / f"{story}.jsonl").write_text("\n".join(map(json.dumps, lines)))
        assert not import_paths(mill, [str(tmp_path / f"{story}.jsonl")], story=story).failed
        dossier = gather_dossier(mill, gather_story(mill, story))
        (price,) = [one for one in dossier.firsts if one.kind == "figure"]
        assert price.sure is proved
        assert [one.place.words for one in price.sayings] == ["$4.2 million"] * 2
        html = page.write_dossier(dossier)
        assert "Who said it first" in html
        assert ("not known who was first" in html) is not proved
        assert "Who said it first" in as_markdown.write_dossier(dossier)
        assert json.loads(as_json.write_dossier(dossier))["first"][0]["sayings"]
