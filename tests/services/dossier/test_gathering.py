from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sources import sample
from sources.importing import import_paths
from sources.library import Library
from sources.model import Ref
from tui.services.audit import audit_story, overrule
from tui.services.dossier import gathering
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
