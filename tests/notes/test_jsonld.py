from __future__ import annotations

import json
import random
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker  # type: ignore[import-untyped]  # has no types
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from sources.model import Anchor, Note, Ref, Target
from sources.notes.export import FORMATS, NoteCollection
from tests.notes.libraries import chance_notes, chance_sources, collection_of, text_source

W3C = Path(__file__).parents[3] / "shared" / "data" / "w3c"


FORMS = FormatChecker(formats=())


@FORMS.checks("date-time", raises=ValueError)  # type: ignore[untyped-decorator]  # has no types
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.fromisoformat(value).tzinfo)


@FORMS.checks("uri")  # type: ignore[untyped-decorator]  # has no types
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[a-zA-Z][\w+.-]*:[!-~]+", value) is not None


@pytest.fixture(scope="module")
def registry() -> Registry[Any]:
    if not W3C.is_dir():
        pytest.skip("the schemas of the W3C are not here")
    found = [
        (path.name, Resource.from_contents(json.loads(path.read_text()), default_specification=DRAFT4))
        for path in W3C.rglob("*.json")
    ]
    return Registry().with_resources(found)


def faults(schema: dict[str, Any], value: object, registry: Registry[Any]) -> list[str]:
    validator = Draft4Validator(schema, registry=registry, format_checker=FORMS)
    return [error.message for error in validator.iter_errors(value)]


def musts(registry: Registry[Any], annotation: dict[str, Any]) -> list[str]:
    """Return where an annotation departs from what the model says that it must be."""
    wanted = json.loads((W3C / "annotations" / "annotationMusts.test").read_text())["assertions"]
    found = []
    for name in wanted:
        schema = json.loads((W3C / name).read_text())
        expected = schema["expectedResult"] == "valid"
        # Relative references are looked up by the file's name alone.
        said = faults({"$ref": Path(name).name}, annotation, registry)
        if expected == bool(said):
            found.append(f"{Path(name).name}: {said or 'valid'}")
    return found


def exported(notes: list[Note], sources: list[Any]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FORMATS["jsonld"].write(collection_of(notes, sources)))
    return document


def test_the_schemas_tell_right_from_wrong(registry: Registry[Any]) -> None:
    right = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:x:1",
        "type": "Annotation",
        "target": "urn:x:2",
    }
    assert musts(registry, right) == []
    assert musts(registry, right | {"type": "Note"})
    assert musts(registry, right | {"id": "no uri"})
    assert musts(registry, right | {"created": "yesterday"})
    assert musts(registry, right | {"body": "urn:x:3", "bodyValue": "x"})
    selector = {"type": "TextQuoteSelector", "prefix": "no exact"}
    assert musts(registry, right | {"target": {"source": "urn:x:2", "selector": selector}})


def test_two_hundred_notes_are_valid(registry: Registry[Any]) -> None:
    chance = random.Random(7)  # noqa: S311 - not for secrets
    sources = chance_sources(chance)
    document = exported(chance_notes(chance, 200, sources), sources)
    page = document["first"]
    assert document["total"] == len(page["items"]) == 200
    for definition in ("annotationCollectionTypeValueFound", "labelDefinition", "totalDefinition"):
        assert faults({"$ref": f"collections.json#/definitions/{definition}"}, document, registry) == []
    reference = {"$ref": "collections.json#/definitions/annotationPageTypeValueFound"}
    assert faults(reference, page, registry) == []
    for item in page["items"]:
        assert musts(registry, {"@context": document["@context"], **item}) == []
    assert len({item["id"] for item in page["items"]}) == 200


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
