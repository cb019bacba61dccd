"""Whom the articles of ``data/speakers.txt`` credit, each written in another style."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from sources.evidence.quotes import find_quotes
from tests.evidence.stories import source

_LABEL = re.compile(r"\{([^}]*)\}")
_PRONOUNS = {"he", "she", "it", "they"}
_LEAST_ATTRIBUTED = 0.95


class Said(NamedTuple):
    """A quote of an article: what it ends in, who may be credited with it, and who is."""

    words: str
    right: tuple[str, ...]
    given: str | None


@cache
def articles() -> dict[str, str]:
    text = (Path(__file__).parent / "data" / "speakers.txt").read_text(encoding="utf-8")
    return dict(part.split("\n", 1) for part in text.split("\n=")[1:])


@cache
def said(name: str) -> list[Said]:
    labelled = articles()[name]
    text, places = "", []
    for number, part in enumerate(_LABEL.split(labelled)):
        if number % 2:
            places.append((len(text), tuple(part.split("|"))))
        else:
            text += part
    ends = {quote.end: quote.speaker for quote in find_quotes(source(text))}
    return [
        Said(text[place - 40 : place], right, ends.get(place, ends.get(place - 1))) for place, right in places
    ]


def is_right(one: Said) -> bool:
    if one.given is None:
        return "-" in one.right
    given = set(one.given.lower().split())
    return any(set(name.lower().split()) <= given for name in one.right)


@pytest.mark.parametrize("name", articles())
def test_no_words_are_put_into_another_mouth(name: str) -> None:
    wrong = [one for one in said(name) if one.given and one.given not in _PRONOUNS and not is_right(one)]
    assert wrong == []


def test_nearly_all_quotes_are_credited() -> None:
    every = [one for name in articles() for one in said(name)]
    assert sum(map(is_right, every)) >= _LEAST_ATTRIBUTED * len(every)
