"""JSON Lines: what a record says, and that a bad one harms nobody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import EmptyInput
from sources.formats import json_lines, registry

RECORD = {
    "id": "a1",
    "title": "Port sold",
    "text": "The port was sold. Click here to see more.",
    "publisher": "The Courier",
    "author": "Ada Moss",
    "date": "12 June 2031",
    "url": "https://courier.example/port",
    "story": "harbour-deal",
}


def lines(*records: object) -> str:
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)


def test_a_record_tells_all_its_fields() -> None:
    parcel = registry.parse(lines(RECORD), path=None)
    assert parcel.format == "jsonl"
    (draft,) = parcel.drafts
    assert (draft.key, draft.title, draft.publisher, draft.author) == (
        "a1",
        "Port sold",
        "The Courier",
        "Ada Moss",
    )
    assert (draft.date, draft.url, draft.story) == ("2031-06-12", RECORD["url"], "harbour-deal")
    assert draft.text == RECORD["text"]
    assert [zone.kind.value for zone in draft.zones] == ["body", "boilerplate"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{broken", "no JSON"),
        ("[1, 2]", "no JSON object"),
        ("null", "no JSON object"),
        ({"title": "x"}, "no 'text'"),
        ({"text": 5}, "'text' is not a text"),
        ({"text": " \n"}, "text is empty"),
        ({"text": "\u0000\u001b"}, "text is empty"),
        ({**RECORD, "date": "soon"}, "date 'soon'"),
        ({**RECORD, "url": "javascript:alert(1)"}, "address"),
        ({**RECORD, "title": ["a"]}, "'title' is not a text"),
        ({**RECORD, "id": {"a": 1}}, "'id' is not a text"),
        ("[" * 100_000, "no JSON"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", "no JSON"),
    ],
)
def test_a_bad_record_is_named_by_its_line_and_the_others_go_in(bad: object, said: str) -> None:
    parcel = registry.parse(lines(RECORD, bad, {"text": "Another."}), path=Path("a.jsonl"))
    assert [draft.text for draft in parcel.drafts] == [RECORD["text"], "Another."]
    (failure,) = parcel.failures
    assert failure.startswith("line 2: ")
    assert said in failure


def test_records_that_share_an_id_are_both_kept_and_repetitions_are_not() -> None:
    other = {**RECORD, "text": "The port was not sold."}
    parcel = registry.parse(lines(RECORD, other, RECORD), path=None)
    assert [draft.text for draft in parcel.drafts] == [RECORD["text"], other["text"]]
    assert len({draft.key for draft in parcel.drafts}) == 2
    assert len(parcel.warnings) == 2


def test_a_file_without_records_is_empty() -> None:
    with pytest.raises(EmptyInput):
        registry.parse("\n \n", path=Path("a.jsonl"))


def test_records_come_in_batches() -> None:
    made = (json.dumps({"text": f"Text {number}."}).encode() for number in range(json_lines.BATCH * 2 + 1))
    sizes = [len(parcel.drafts) for parcel in json_lines.stream(made, None)]
    assert sizes == [json_lines.BATCH, json_lines.BATCH, 1]


def test_a_mark_at_the_beginning_and_broken_bytes() -> None:
    made = [b"\xef\xbb\xbf" + json.dumps(RECORD).encode(), b'{"text": "\xff"}', b"\n", b'{"text": "c"}']
    (parcel,) = json_lines.stream(made, None)
    assert [draft.text for draft in parcel.drafts] == [RECORD["text"], "c"]
    assert parcel.failures == ("line 2: is not UTF-8",)


def test_surrogates_and_controls_do_not_get_in() -> None:
    (draft,) = registry.parse('{"text": "a\\ud800\\u001b[31mb", "title": "x\\u202ey"}', path=None).drafts
    assert (draft.text, draft.title) == ("a[31mb", "xy")


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "text", "title", "date", "url"]),
            st.text(max_size=8)
            | st.none()
            | st.integers()
            | st.booleans()
            | st.lists(st.integers(), max_size=2),
        )
    )
)
def test_every_record_goes_in_or_is_named(records: list[dict[str, object]]) -> None:
    if not records:
        return
    parcel = registry.parse(lines(*records), path=Path("a.jsonl"))
    repeated = sum("repeats" in warning for warning in parcel.warnings)
    assert len(parcel.drafts) + len(parcel.failures) + repeated == len(records)
