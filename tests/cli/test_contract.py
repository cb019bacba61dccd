"""The JSON documents keep the forms that programs rely on: fields may be added, none renamed or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

# A type stands for itself, a tuple for any of its types, a list of one form for a list of that form.
Text, Number = str, (int, float)
MaybeText, MaybeInt = (str, type(None)), (int, type(None))
Span = "span"
ENTRY = {
    "ref": Text, "story": Text, "number": int, "title": MaybeText, "publisher": MaybeText,
    "author": MaybeText, "date": MaybeText, "url": MaybeText, "words": int,
}  # fmt: skip
PLACE = {"ref": Text, "start": int, "end": int}
NOTE = {
    "id": int, "ref": Text, "start": int, "end": int, "quote": Text, "prefix": Text, "suffix": Text,
    "text": Text, "tags": [Text], "labels": [Text], "created": Text, "modified": Text, "state": Text,
    "confidence": Number, "targets": [PLACE | {"quote": Text}],
}  # fmt: skip
ROW = {"a": Span, "b": Span, "score": Number, "kind": Text, "edits": [{"op": Text, "a": Span, "b": Span}]}
HIT = {
    "ref": Text, "story": Text, "number": MaybeInt, "title": MaybeText, "publisher": MaybeText,
    "date": MaybeText, "url": MaybeText, "score": Number, "snippet": Text, "highlights": [Span],
    "copies": [Text],
}  # fmt: skip
MaybeValue = (int, float, str, type(None))
ROW_OF_FIGURES = {
    "id": Text, "kind": Text, "subject": Text, "status": Text,
    "values": [
        {
            "value": (int, float, str), "unit": Text, "low": MaybeValue, "high": MaybeValue,
            "hedge": MaybeText, "text": Text, "before": bool, "mentions": [PLACE],
        }
    ],
}  # fmt: skip
QUOTES = {
    "families": [
        {
            "id": Text, "text": Text, "speaker": MaybeText,
            "variants": [
                PLACE
                | {
                    "text": Text, "speaker": MaybeText, "cue": MaybeText, "kind": Text, "altered": [Span],
                    "shift": bool,
                }
            ],
        }
    ],
    "attributions": [PLACE | {"credited": Text, "cue": Text, "citing": MaybeText}],
}  # fmt: skip
SHAPES: dict[str, dict[str, Any]] = {
    "stories": {"stories": [{"story": Text, "title": MaybeText, "sources": int, "added": Text}]},
    "sources harbour-deal": {"sources": [ENTRY]},
    "show harbour-deal/5": {
        "ref": Text, "story": Text, "number": int, "title": MaybeText, "publisher": MaybeText,
        "author": MaybeText, "date": MaybeText, "url": MaybeText, "language": MaybeText, "text": Text,
        "zones": [{"kind": Text, "start": int, "end": int}], "sentences": [Span], "notes": int,
        "origin": {"path": MaybeText, "sha256": Text, "format": Text},
    },
    "show harbour-deal/summary": {"ref": Text, "number": type(None), "text": Text, "sentences": [Span]},
    "show harbour-deal": {
        "story": Text, "title": MaybeText, "summary": {"ref": Text, "title": MaybeText, "text": Text},
        "sources": [ENTRY], "muted": [{"text": Text, "kind": Text}],
        "related": [
            {"text": Text, "sources": MaybeInt, "category": MaybeText, "age": MaybeText, "story": MaybeText}
        ],
        "page": {
            "path": MaybeText, "sha256": Text, "length": int,
            "zones": [{"kind": Text, "start": int, "end": int, "number": MaybeInt}],
        },
    },
    "search harbour": {"query": Text, "total": int, "hits": [HIT], "suggestion": MaybeText},
    "compare harbour-deal/2 harbour-deal/10 harbour-deal/7": {
        "refs": [Text],
        "pairs": [
            {
                "a": Text, "b": Text, "a_in_b": Number, "b_in_a": Number, "rows": [ROW],
                "only_a": [Span], "only_b": [Span],
            }
        ],
        "said_alone": [
            {
                "ref": Text, "spans": [Span],
                "others": [{"span": Span, "ref": Text, "start": int, "end": int, "text": Text}],
            }
        ],
    },
    "lineage harbour-deal": {
        "story": Text, "listed": int, "texts": int, "groups": [[Text]],
        "pairs": [
            {
                "a": Text, "b": Text, "a_in_b": Number, "b_in_a": Number, "kind": Text,
                "outside_quotes": {"a_in_b": Number, "b_in_a": Number},
                "passages": [{"a": Span, "b": Span, "kind": Text}],
                "background": bool,
            }
        ],
        "links": [
            {
                "a": Text, "b": Text, "kind": Text, "score": Number,
                "evidence": {"figures": [Text], "names": [Text], "quotes": [Text]},
                "suspicions": [PLACE | {"text": Text, "kin": PLACE | {"text": Text}, "usual": Text}],
            }
        ],
        "origins": [{"name": Text, "refs": [Text], "basis": Text}],
    },
    "entities harbour-deal": {
        "entities": [
            {
                "id": Text, "name": Text, "kind": Text, "aliases": [Text], "count": int, "sources": [Text],
                "mentions": [PLACE | {"text": Text}],
            }
        ]
    },
    "quotes harbour-deal": QUOTES,
    "quotes harbour-deal/13": QUOTES,
    "figures harbour-deal": {"rows": [ROW_OF_FIGURES]},
    "timeline harbour-deal": {
        "story": Text,
        "events": [
            {
                "id": Text, "start": MaybeText, "end": MaybeText, "precision": Text, "text": Text,
                "status": Text, "mentions": [PLACE | {"text": Text, "sentence": Span}],
            }
        ],
    },
    "figures harbour-deal/5": {"rows": [ROW_OF_FIGURES]},
    "note add harbour-deal/1 --quote Northport --text word --tag t": {"notes": [NOTE]},
    "export notes": {"format": Text, "notes": int, "text": Text},
    "import notes nowhere.json": {
        "format": MaybeText, "added": [int], "labelled": [int], "unchanged": int,
        "refused": [{"place": Text, "reason": Text}], "aside": [{"place": Text, "reason": Text}],
        "aside_path": MaybeText,
    },
    "export labels": {"format": Text, "spans": int, "text": Text},
    "export sources harbour-deal": {"format": Text, "sources": int, "text": Text},
    "export story harbour-deal": {"format": Text, "story": Text, "sources": int, "text": Text},
    "verify nowhere.html": {
        "path": MaybeText, "intact": bool, "passages": int, "failed": [{"ref": MaybeText, "reason": Text}]
    },
    "export figures harbour-deal": {"format": Text, "figures": int, "text": Text},
    "merge nowhere.db": {
        "stories": [
            {
                "story": Text, "theirs": Text, "title": MaybeText, "added": [Text], "changed": [Text],
                "unchanged": [Text],
            }
        ],
        "notes": int, "spans": int, "labels": int, "corrections": int, "decisions": int,
        "conflicts": [{"kind": Text, "subject": Text, "ours": Text, "theirs": Text}],
        "left_out": [Text], "backup": MaybeText,
    },
    "reindex": {"indexed": int},
    "doctor": {
        "library": Text, "ok": bool, "checks": [{"name": Text, "ok": bool, "message": Text}],
        "unread": [{"ref": Text, "message": Text}],
    },
    "paths": {"paths": {"library": Text, "exports": Text, "config": Text}},
    "keys": {"keys": [{"id": Text, "keys": [Text], "title": Text, "help": Text}]},
    "completion bash": {"shell": Text, "script": Text},
    "remove harbour-deal/14": {"removed": [Text], "orphaned_notes": int},
    "demo": {"library": Text, "story": Text, "added": [Text], "unchanged": [Text]},
}  # fmt: skip


def departures(value: Any, shape: Any, where: str) -> list[str]:
    if shape == Span:
        fits = isinstance(value, list) and len(value) == 2 and 0 <= value[0] <= value[1]
        return [] if fits else [f"{where}: {value!r} is no span"]
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{where}: {value!r} is no object"]
        found = [f"{where}.{name}: missing" for name in shape if name not in value]
        for name in shape.keys() & value.keys():
            found += departures(value[name], shape[name], f"{where}.{name}")
        return found
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [
            fault
            for place, item in enumerate(value)
            for fault in departures(item, shape[0], f"{where}[{place}]")
        ]
    return [] if isinstance(value, shape) else [f"{where}: {value!r}"]


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("words", SHAPES)
def test_documents_have_the_promised_form(words: str, crossread: Callable[..., Any]) -> None:
    answer = crossread(*words.split(), "--json")
    assert answer.status in ({3} if "nowhere." in words else {0, 1}), answer.err
    document = answer.json
    assert document["schema"] == f"crossread/{words.split(maxsplit=1)[0]}/1"
    assert departures(document, SHAPES[words], words) == []
    assert len(answer.out.splitlines()) == 1


@pytest.mark.usefixtures("story")
def test_spans_point_at_what_they_say(crossread: Callable[..., Any]) -> None:
    texts = {
        entry["ref"]: crossread("show", entry["ref"], "--json").json["text"]
        for entry in crossread("sources", "--json").json["sources"]
    }
    texts["harbour-deal/summary"] = crossread("show", "harbour-deal/summary", "--json").json["text"]
    mentions = [
        m for e in crossread("entities", "harbour-deal", "--json").json["entities"] for m in e["mentions"]
    ]
    assert len(mentions) > 100
    for mention in mentions:
        assert texts[mention["ref"]][mention["start"] : mention["end"]] == mention["text"]
    hits = crossread("search", "harbour dredging", "--json").json["hits"]
    marked = {hit["snippet"][start:end].casefold() for hit in hits for start, end in hit["highlights"]}
    assert {"harbour"} <= marked
    assert all(word.startswith(("harbour", "dredg")) for word in marked)


@pytest.mark.usefixtures("story")
def test_zones_cover_a_text_and_its_page_without_gaps(crossread: Callable[..., Any]) -> None:
    for number in range(1, 15):
        source = crossread("show", f"harbour-deal/{number}", "--json").json
        ends = [0, *(zone["end"] for zone in source["zones"])]
        assert [zone["start"] for zone in source["zones"]] == ends[:-1]
        assert ends[-1] == len(source["text"])
    page = crossread("show", "harbour-deal", "--json").json["page"]
    ends = [0, *(zone["end"] for zone in page["zones"])]
    assert [zone["start"] for zone in page["zones"]] == ends[:-1]
    assert ends[-1] == page["length"]
