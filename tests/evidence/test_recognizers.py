from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

import pytest

from sources.evidence.entities import EntityKind, recognizers
from sources.evidence.entities.finder import find_entities
from sources.evidence.entities.recognizers import (
    Recognized,
    RecognizerTrouble,
    load_recognizers,
    recognized_by,
)
from sources.evidence.entities.spacy_recognizer import SpacyRecognizer
from sources.evidence_cache import EvidenceCache
from sources.model import Zone, ZoneKind
from tests.evidence.stories import source
from tests.library.parsed_files import article, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.library import Library

TEXT = "The crew of zephyr waited. Market Lantern spoke, and Market Lantern left Saltmarsh for good."


class Finds:
    """A recognizer that finds the words that it was made with."""

    name = "finds"
    labels = {"SHIP": "product", "PER": "person"}  # noqa: RUF012 - as a plug-in would write it
    asked = 0

    def __init__(self, *words: tuple[str, str], version: str = "1") -> None:
        self.words = words
        self.version = version

    def available(self) -> bool:
        return True

    def recognize(self, texts: Sequence[str]) -> Iterable[Iterable[tuple[int, int, str]]]:
        Finds.asked += 1
        for text in texts:
            yield [
                (place, place + len(word), label)
                for word, label in self.words
                for place in range(len(text))
                if text.startswith(word, place)
            ]


class Fails(Finds):
    name = "fails"

    def recognize(self, texts: Sequence[str]) -> Iterable[Iterable[tuple[int, int, str]]]:
        raise OSError("its model is gone")


def kinds(*words: tuple[str, str]) -> dict[str, EntityKind]:
    found = recognized_by(Finds(*words), [TEXT])
    return {entity.name: entity.kind for entity in find_entities([source(TEXT)], None, found)}


def install(monkeypatch: pytest.MonkeyPatch, *classes: type[Finds] | object) -> None:
    points = tuple(
        EntryPoint(f"point-{number}", "tests:x", recognizers.GROUP) for number in range(len(classes))
    )
    made = dict(zip(points, classes, strict=True))
    monkeypatch.setattr(recognizers, "_installed", lambda: points)
    monkeypatch.setattr(EntryPoint, "load", lambda self: made[self])


def test_what_is_recognized_becomes_a_name_and_votes_for_its_kind() -> None:
    assert kinds(("zephyr", "SHIP"))["zephyr"] is EntityKind.PRODUCT
    assert kinds(("Market Lantern", "PER"))["Market Lantern"] is EntityKind.PERSON
    assert "zephyr" not in kinds()


def test_a_wider_span_replaces_what_it_covers_and_a_part_only_votes() -> None:
    assert "crew of zephyr" in kinds(("crew of zephyr", "SHIP"))
    wider = kinds(("Market Lantern left Saltmarsh", "PER"))
    assert "Market Lantern left Saltmarsh" in wider
    assert "Saltmarsh" not in wider
    assert "Lantern" not in kinds(("Lantern", "PER"))


def test_marks_and_possessives_are_no_part_of_what_is_recognized() -> None:
    text = "They like “Zephyr”, and Moss's boat."
    spans = recognized_by(Finds(("“Zephyr”,", "SHIP"), ("Moss's", "PER")), [text])
    assert [text[span.start : span.end] for span in spans] == ["Zephyr", "Moss"]


def test_what_is_recognized_in_muted_zones_does_not_count() -> None:
    text = "Photo: zephyr\nThe mayor spoke."
    zones = (Zone(ZoneKind.CREDIT, 0, 14), Zone(ZoneKind.BODY, 14, len(text)))
    spans = [Recognized(0, 7, 13, EntityKind.PRODUCT)]
    assert find_entities([source(text, zones=zones)], None, spans) == ()


@pytest.mark.parametrize("spans", [[(5, 3, "PER")], [(0, 999, "PER")], [("a", 3, "PER")]])
def test_spans_that_cannot_be_are_trouble(spans: list[Any]) -> None:
    class Wrong(Finds):
        def recognize(self, texts: Sequence[str]) -> Iterable[Iterable[tuple[int, int, str]]]:
            return [spans for _ in texts]

    with pytest.raises(RecognizerTrouble, match="finds was left out"):
        recognized_by(Wrong(), [TEXT])


def test_a_plugin_that_cannot_be_loaded_is_told_and_the_others_are_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Odd(Finds):
        labels = {"SHIP": "boat"}  # noqa: RUF012 - as a plug-in would write it

    class Absent(Finds):
        def available(self) -> bool:
            return False

    install(monkeypatch, Odd, Absent, Finds)
    ready, troubles = load_recognizers()
    assert [type(recognizer) for recognizer in ready] == [Finds]
    assert [trouble.name for trouble in troubles] == ["point-0"]


def test_one_that_fails_is_told_once_and_left_out(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, article(TEXT), slug="crew")
    install(monkeypatch, Fails, lambda: Finds(("zephyr", "SHIP")))
    cache = EvidenceCache(library)
    assert "zephyr" in {entity.name for entity in cache.entities("crew")}
    (told,) = cache.new_troubles()
    assert "fails was left out: OSError its model is gone" in told
    put(library, article("Nobody on zephyr knew."), slug="night")
    cache.entities("night")
    assert cache.new_troubles() == ()


def test_kept_names_go_with_the_recognizers_that_helped(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, article(TEXT), slug="crew")
    install(monkeypatch, lambda: Finds(("zephyr", "SHIP")))
    assert "zephyr" in {entity.name for entity in EvidenceCache(library).entities("crew")}
    asked = Finds.asked
    assert "zephyr" in {entity.name for entity in EvidenceCache(library).entities("crew")}
    assert Finds.asked == asked
    install(monkeypatch, lambda: Finds(("crew", "PER"), version="2"))
    assert "crew" in {entity.name for entity in EvidenceCache(library).entities("crew")}
    install(monkeypatch)
    assert "zephyr" not in {entity.name for entity in EvidenceCache(library).entities("crew")}


def test_spacy_is_used_only_with_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSREAD_SPACY_MODEL", raising=False)
    monkeypatch.setattr("sources.evidence.entities.spacy_recognizer.entry_points", lambda **_: ())
    assert not SpacyRecognizer().available()


def test_a_spacy_pipeline_votes() -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is an extra: pip install crossread[spacy]")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "PERSON", "pattern": "Market Lantern"}, {"label": "PRODUCT", "pattern": "zephyr"}]
    )
    recognizer = SpacyRecognizer(pipeline)
    assert recognizer.available()
    assert pipeline.meta["version"] in recognizer.version
    spans = recognized_by(recognizer, [TEXT, ""])
    found = find_entities([source(TEXT), source("", 2)], None, spans)
    kinds = {entity.name: entity.kind for entity in found}
    assert kinds["Market Lantern"] is EntityKind.PERSON
    assert kinds["zephyr"] is EntityKind.PRODUCT


def test_a_spacy_model_on_disk_is_loaded(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is an extra: pip install crossread[spacy]")
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Market Lantern"}])
    pipeline.to_disk(tmp_path / "model")
    monkeypatch.setenv("CROSSREAD_SPACY_MODEL", str(tmp_path / "model"))
    recognizer = SpacyRecognizer()
    assert recognizer.available()
    assert "model" in recognizer.version
    assert recognized_by(recognizer, [TEXT])[0].kind is EntityKind.PERSON
