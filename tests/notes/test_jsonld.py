from __future__ import annotations

import json
import random
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker  # type: ignore[import-untyped]  # has no types
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from sources.model import Anchor, Note, Ref, Target
from sources.notes.export import FORMATS, NoteCollection
from tests.notes.libraries import chance_notes, chance_sources, collection_of, text_source

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = json.loads(
    (Path(__file__).parent / "data" / "web-annotation.schema.json").read_text(encoding="utf-8")
)
SAMPLES = Path(__file__).parents[1] / "importing" / "data" / "web-annotations.jsonl"

FORMS = FormatChecker(formats=())


@FORMS.checks("utc-moment", raises=ValueError)  # type: ignore[untyped-decorator]  # has no types
def _is_utc(value: object) -> bool:
    return not isinstance(value, str) or (value.endswith("Z") and bool(datetime.fromisoformat(value)))


@FORMS.checks("date-time", raises=ValueError)  # type: ignore[untyped-decorator]  # has no types
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value).tzinfo)


@FORMS.checks("iri")  # type: ignore[untyped-decorator]  # has no types
@FORMS.checks("uri")  # type: ignore[untyped-decorator]  # has no types
def _is_iri(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[a-zA-Z][\w+.-]*:[!-~]+", value) is not None


def faults(document: dict[str, Any]) -> list[str]:
    """Return where a document departs from what the model says that it must be."""
    validator = Draft202012Validator(SCHEMA, format_checker=FORMS)
    return [error.message for error in validator.iter_errors(document)]


class OfficialSchemas:
    """The schemas by which the W3C tests programs that write annotations."""

    def __init__(self, files: list[Path]) -> None:
        self.folder = next(path for path in files if path.name == "annotations.json").parents[1]
        self._registry: Registry[Any] = Registry().with_resources(
            (path.name, Resource.from_contents(json.loads(path.read_text()), default_specification=DRAFT4))
            for path in files
        )

    def faults(self, schema: dict[str, Any], value: object) -> list[str]:
        validator = Draft4Validator(schema, registry=self._registry, format_checker=FORMS)
        return [error.message for error in validator.iter_errors(value)]

    def musts(self, annotation: dict[str, Any]) -> list[str]:
        """Return where an annotation departs from what the model says that it must be."""
        wanted = json.loads((self.folder / "annotations" / "annotationMusts.test").read_text())["assertions"]
        found = []
        for name in wanted:
            schema = json.loads((self.folder / name).read_text())
            expected = schema["expectedResult"] == "valid"
            # Relative references are looked up by the file's name alone.
            said = self.faults({"$ref": Path(name).name}, annotation)
            if expected == bool(said):
                found.append(f"{Path(name).name}: {said or 'valid'}")
        return found


@pytest.fixture(scope="module")
def official(shared: Callable[[str], list[Path]]) -> OfficialSchemas:
    return OfficialSchemas(shared("data/w3c/**/*.json"))


def exported(notes: list[Note], sources: list[Any]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FORMATS["jsonld"].write(collection_of(notes, sources)))
    return document


CONTEXT = "http://www.w3.org/ns/anno.jsonld"
RIGHT: dict[str, Any] = {"@context": CONTEXT, "id": "urn:x:1", "type": "Annotation", "target": "urn:x:2"}
PAGE: dict[str, Any] = {"@context": CONTEXT, "id": "urn:x:3", "type": "AnnotationPage", "items": []}
COLLECTION: dict[str, Any] = {
    "@context": CONTEXT,
    "id": "urn:x:4",
    "type": "AnnotationCollection",
    "total": 0,
}
WRONG: list[dict[str, Any]] = [
    {"type": "Note"},
    {"id": "no iri"},
    {"id": ["urn:x:1", "urn:x:2"]},
    {"created": "yesterday"},
    {"body": "urn:x:3", "bodyValue": "x"},
    {"target": {"source": "urn:x:2", "selector": {"type": "TextQuoteSelector", "prefix": "no exact"}}},
]
WRONG_SELECTORS: list[object] = [
    {}, [], {"exact": "no type"}, {"type": "Selector"}, {"type": "TextQuoteSelector", "exact": 1},
    {"type": "TextPositionSelector", "start": 1},
    {"type": "TextPositionSelector", "start": -1, "end": 2},
    {"type": "DataPositionSelector", "start": 1, "end": "2"}, {"type": "SvgSelector"},
    {"type": "FragmentSelector"}, {"type": "RangeSelector", "startSelector": "urn:x:5"},
    {"type": "CssSelector", "value": "p", "refinedBy": {"type": "XPathSelector"}},
]  # fmt: skip
WRONG_OF_OWN: list[dict[str, Any]] = [
    {"@context": "http://schema.org"},
    {"@context": ["http://schema.org"]},
    {"target": []},
    {"target": {"type": "TextualBody", "value": "a target is no text"}},
    {"target": {}},
    {"bodyValue": ["x"]},
    {"body": {"type": "TextualBody"}},
    {"body": {"type": "TextualBody", "value": 7}},
    {"body": {"type": "TextualBody", "value": "x", "source": "urn:x:2"}},
    {"body": {"type": "TextualBody", "value": "x", "textDirection": "up"}},
    {"body": {"type": "Choice"}},
    {"body": {"type": "Choice", "items": ["urn:x:5"], "purpose": "tagging"}},
    {"body": {"type": "SpecificResource", "value": "x"}},
    {"created": "2031-06-12T10:00:00"},
    {"modified": "2031-06-12T10:00:00+02:00"},
    {"generated": 2031},
    {"creator": {"id": "no iri"}},
    {"creator": []},
    {"motivation": 1},
    {"rights": "free"},
    {"canonical": ["urn:x:5"]},
    {"target": {"source": ["urn:x:2"]}},
    {"target": {"id": "urn:x:2", "selector": {"type": "CssSelector", "value": "p"}}},
    *({"target": {"source": "urn:x:2", "selector": selector}} for selector in WRONG_SELECTORS),
    {"target": {"source": "urn:x:2", "state": {"type": "TimeState"}}},
    {"target": {"source": "urn:x:2", "state": {"type": "HttpRequestState"}}},
]  # fmt: skip


def test_the_schema_takes_what_is_right() -> None:
    for right in (RIGHT, PAGE, COLLECTION, RIGHT | {"@context": [CONTEXT, {"x": "urn:x:"}]}):
        assert faults(right) == []
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        assert faults(sample["annotation"]) == [], sample["name"]


@pytest.mark.parametrize("change", WRONG + WRONG_OF_OWN, ids=json.dumps)
def test_the_schema_rejects_what_is_wrong(change: dict[str, Any]) -> None:
    assert faults(RIGHT | change)


@pytest.mark.parametrize("field", RIGHT)
def test_the_schema_rejects_an_annotation_without(field: str) -> None:
    assert faults({name: value for name, value in RIGHT.items() if name != field})


@pytest.mark.parametrize(
    "document",
    [
        PAGE | {"items": ["urn:x:1"]}, PAGE | {"items": [{"type": "Annotation", "id": "urn:x:1"}]},
        PAGE | {"startIndex": -1}, PAGE | {"next": PAGE},
        COLLECTION | {"total": "0"}, COLLECTION | {"first": RIGHT}, COLLECTION | {"id": 4},
        {"@context": CONTEXT, "id": "urn:x:4", "type": "AnnotationPage"},
    ],
    ids=json.dumps,
)  # fmt: skip
def test_the_schema_rejects_wrong_pages_and_collections(document: dict[str, Any]) -> None:
    assert faults(document)


def test_the_official_schemas_and_the_own_one_agree(
    official: OfficialSchemas, shared: Callable[[str], list[Path]]
) -> None:
    assert official.musts(RIGHT) == []
    for change in WRONG:
        assert official.musts(RIGHT | change)
    (path,) = shared("data/w3c/samples-correct.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        sample = json.loads(line)
        assert faults(sample["annotation"]) == [], sample["name"]


@pytest.fixture(scope="module")
def two_hundred() -> dict[str, Any]:
    """Give the export of two hundred notes."""
    chance = random.Random(7)  # noqa: S311 - not for secrets
    sources = chance_sources(chance)
    return exported(chance_notes(chance, 200, sources), sources)


@pytest.mark.long
def test_two_hundred_notes_are_valid(two_hundred: dict[str, Any]) -> None:
    page = two_hundred["first"]
    assert two_hundred["total"] == len(page["items"]) == 200
    assert faults(two_hundred) == []
    for item in page["items"]:
        assert faults({"@context": two_hundred["@context"], **item}) == []
    assert len({item["id"] for item in page["items"]}) == 200


@pytest.mark.slow
def test_two_hundred_notes_are_valid_by_the_official_schemas(
    two_hundred: dict[str, Any], official: OfficialSchemas
) -> None:
    for definition in ("annotationCollectionTypeValueFound", "labelDefinition", "totalDefinition"):
        assert official.faults({"$ref": f"collections.json#/definitions/{definition}"}, two_hundred) == []
    reference = {"$ref": "collections.json#/definitions/annotationPageTypeValueFound"}
    assert official.faults(reference, two_hundred["first"]) == []
    for item in two_hundred["first"]["items"]:
        assert official.musts({"@context": two_hundred["@context"], **item}) == []


def test_a_passage_is_given_by_its_quote_and_its_place() -> None:
    source = text_source(1, "The 🛟 went out at night.")
    anchor = Anchor(6, 10, "went", "The 🛟 ", " out at night.")
    note = Note(
        1, "**Why?**", ("claim",), ("denial",), "2031-06-12T10:00:00Z", "2031-06-12T10:00:00Z",
        (Target(source.ref, anchor), Target(Ref.of_story("night-ferry"), Anchor.whole())),
        relation="contradicts", coder="ada", uid="00000000000000000000000000000001",
    )  # fmt: skip
    (item,) = exported([note], [source])["first"]["items"]
    assert item["id"] == "urn:uuid:00000000-0000-0000-0000-000000000001"
    assert (item["motivation"], item["creator"]["name"], item["crossread:relation"]) == (
        "linking",
        "ada",
        "contradicts",
    )
    passage, story = item["target"]
    assert passage["source"] == "https://tide.example/1?a=b&c=d"
    assert passage["selector"] == [
        {"type": "TextQuoteSelector", "exact": "went", "prefix": "The 🛟 ", "suffix": " out at night."},
        {"type": "TextPositionSelector", "start": 6, "end": 10},
    ]
    assert story["source"] == "urn:crossread:source:night-ferry"
    assert [(body["purpose"], body["value"]) for body in item["body"]] == [
        ("commenting", "**Why?**"),
        ("tagging", "claim"),
        ("classifying", "denial"),
    ]


def test_no_notes_are_a_collection_without_a_page() -> None:
    document = json.loads(FORMATS["jsonld"].write(NoteCollection()))
    assert document["total"] == 0
    assert "first" not in document
