"""JSON Lines: what a record says, and that a bad one harms nobody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import formats
from sources.errors import EmptyInput, Malformed
from sources.formats import json_lines

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
    parsed_file = formats.parse(lines(RECORD), path=None)
    assert parsed_file.format == "jsonl"
    (parsed,) = parsed_file.sources
    assert (parsed.key, parsed.title, parsed.publisher, parsed.author) == (
        "a1",
        "Port sold",
        "The Courier",
        "Ada Moss",
    )
    assert (parsed.date, parsed.url, parsed.story) == ("2031-06-12", RECORD["url"], "harbour-deal")
    assert parsed.text == RECORD["text"]
    assert [zone.kind.value for zone in parsed.zones] == ["body", "boilerplate"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{broken", "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ("null", "not a JSON object"),
        ({"title": "x"}, "no 'text'"),
        ({"text": 5}, "'text' is not a text"),
        ({"text": " \n"}, "text is empty"),
        ({"text": "\u0000\u001b"}, "text is empty"),
        ("[" * 100_000, "not JSON"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", "not JSON"),
    ],
)
def test_a_bad_record_is_named_by_its_line_and_the_others_go_in(bad: object, said: str) -> None:
    parsed_file = formats.parse(lines(RECORD, bad, {"text": "Another."}), path=Path("a.jsonl"))
    assert [parsed.text for parsed in parsed_file.sources] == [RECORD["text"], "Another."]
    (failure,) = parsed_file.failures
    assert failure.startswith("line 2: ")
    assert said in failure


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("date", "soon", "'soon' is not a date"),
        ("url", "javascript:alert(1)", "the address 'javascript:alert(1)' is not one"),
        ("title", ["a"], "the field 'title' is not a text"),
        ("id", {"a": 1}, "the field 'id' is not a text"),
    ],
)
def test_a_field_that_cannot_be_read_costs_no_record(field: str, given: object, said: str) -> None:
    parsed_file = formats.parse(lines({**RECORD, field: given}), path=Path("a.jsonl"))
    (parsed,) = parsed_file.sources
    assert parsed.text == RECORD["text"]
    assert (parsed.key if field == "id" else getattr(parsed, field)) in (None, parsed.url)
    (warning,) = parsed_file.warnings
    assert warning.startswith(f"line 1: {said}")
    assert warning.endswith("was left empty")


def test_fields_are_read_as_scrapers_write_them() -> None:
    written = {
        "text": "The quay is shut.",
        "title": "Port &amp; quay",
        "author": ["Ada Moss", {"name": "Ida Brook"}],
        "publisher": float("nan"),
        "url": "www.courier.example/quay",
        "date": "03.04.2031",
    }
    (parsed,) = formats.parse(lines(written), path=Path("a.jsonl")).sources
    assert (parsed.title, parsed.author, parsed.publisher) == ("Port & quay", "Ada Moss, Ida Brook", None)
    assert (parsed.url, parsed.date) == ("https://www.courier.example/quay", "2031-04-03")


def test_records_that_share_an_id_are_both_kept_and_repetitions_are_not() -> None:
    other = {**RECORD, "text": "The port was not sold."}
    parsed_file = formats.parse(lines(RECORD, other, RECORD), path=None)
    assert [parsed.text for parsed in parsed_file.sources] == [RECORD["text"], other["text"]]
    assert len({parsed.key for parsed in parsed_file.sources}) == 2
    assert len(parsed_file.warnings) == 2


def test_a_file_without_records_is_empty() -> None:
    with pytest.raises(EmptyInput):
        formats.parse("\n \n", path=Path("a.jsonl"))


def test_records_come_in_batches() -> None:
    made = (json.dumps({"text": f"Text {number}."}).encode() for number in range(json_lines.BATCH * 2 + 1))
    sizes = [len(parsed_file.sources) for parsed_file in json_lines.stream(made, None)]
    assert sizes == [json_lines.BATCH, json_lines.BATCH, 1]


def test_a_mark_at_the_beginning_and_broken_bytes() -> None:
    made = [b"\xef\xbb\xbf" + json.dumps(RECORD).encode(), b'{"text": "\xff"}', b"\n", b'{"text": "c"}']
    (parsed_file,) = json_lines.stream(made, None)
    assert [parsed.text for parsed in parsed_file.sources] == [RECORD["text"], "c"]
    assert parsed_file.failures == ("line 2: is not UTF-8",)


def test_surrogates_and_controls_do_not_get_in() -> None:
    (parsed,) = formats.parse('{"text": "a\\ud800\\u001b[31mb", "title": "x\\u202ey"}', path=None).sources
    assert (parsed.text, parsed.title) == ("a[31mb", "xy")


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
    parsed_file = formats.parse(lines(*records), path=Path("a.jsonl"))
    repeated = sum("repeats" in warning for warning in parsed_file.warnings)
    assert len(parsed_file.sources) + len(parsed_file.failures) + repeated == len(records)


def test_a_file_of_other_lines_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MOST_FAILURES", 3)
    found = formats.parse(lines("x", "y", RECORD, "z", "v", "w"), path=Path("a.jsonl"))
    assert (len(found.sources), len(found.failures)) == (1, 5)
    with pytest.raises(Malformed, match="no text in its first 3 lines"):
        formats.parse(lines("x", "y", "z", RECORD), path=Path("a.jsonl"))
