from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.errors import Malformed
from sources.notes.importing import FORMATS as IMPORTS
from sources.notes.importing import read_notes
from sources.text.addresses import plain_address

BAD = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=8),
        st.sampled_from(["Annotation", "urn:x:1"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["type", "id", "target", "body", "selector", "source", "items", "first", "uri", "text",
                 "label",
                 "spans", "exact", "annotations", "rows", "document", "tags", "value", "fields", "targets",
                 "kind"]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(value=BAD, name=st.sampled_from([None, *IMPORTS]))
def test_whatever_a_file_holds_is_read_or_refused(value: Any, name: str | None) -> None:
    try:
        read = read_notes(json.dumps(value), "f", name)
    except Malformed:
        return
    assert all(part.reason for part in read.refused)
    assert all(isinstance(note.fields.text, str) and note.targets for note in read.notes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.tide.example/a/?utm_source=x#top", "http://tide.example/a"),
        ("https://tide.example/a?b=1&a=2", "https://tide.example/a?a=2&b=1"),
        ("HTTPS://TIDE.example/a", "https://tide.example/a/"),
    ],
)
def test_addresses_of_one_page_are_one(one: str, other: str) -> None:
    assert plain_address(one) == plain_address(other)


def test_addresses_of_different_pages_are_two() -> None:
    assert plain_address("https://tide.example/?id=1") != plain_address("https://tide.example/?id=2")
    assert plain_address("urn:a") != plain_address("https://a")
