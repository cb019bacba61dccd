from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import STRINGS
from tests.services.dossier.pages import read
from tui.services.dossier.markup import element, joined, shown


def test_an_element_has_its_attributes_and_children() -> None:
    made = element(
        "p", {"class": "a", "id": None, "tabindex": 0}, "x ", [element("b", None, "y"), None], " z"
    )
    assert made == '<p class="a" tabindex="0">x <b>y</b> z</p>'
    assert element("br") == "<br>"


@pytest.mark.parametrize("name", ["p onclick", "p>", "", "1p", "p\n"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="names no element"):
        element(name)
    with pytest.raises(ValueError, match="names no element"):
        element("p", {name: "x"})


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_text_is_only_ever_text(text: str) -> None:
    root = read(element("p", {"title": text}, text))
    (found,) = root.children
    assert not found.children
    assert found.text == shown(text)
    assert found.attributes["title"] == shown(text)


@given(st.text())
def test_what_is_shown_is_as_long_as_the_text(text: str) -> None:
    assert len(shown(text)) == len(text)
    assert shown(shown(text)) == shown(text)


def test_what_is_shown_cannot_turn_text_around() -> None:
    assert shown("a\u202eb\u2066c\x1b\x00") == "a\ufffdb\ufffdc\ufffd\ufffd"
    assert shown("a\u200fb שלום\n\t") == "a\u200fb שלום\n\t"
    assert joined(["<", None, [">"]]) == "&lt;&gt;"
