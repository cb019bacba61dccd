"""A text of the tests' own, long enough to be changed in many places, and ways to change it."""

from __future__ import annotations

import random
import re
from typing import NamedTuple

from sources.model import Span

TEXT = (
    "SALTMARSH FERRY TO RUN AT NIGHT\n\n"
    "The ferry between Saltmarsh and Northport will run through the night from September, the county "
    "said on Tuesday, ending a gap that night workers have complained about for eleven years.\n\n"
    '"We counted the people on the pier at two in the morning," said Ines Calloway, who heads the '
    'county\'s transport office. "There were more of them than on the noon boat."\n\n'
    "The night service is to cost 1.2 million crowns a year. Half of it comes from the harbour fund, "
    "the rest from a levy on parking in the old town, which shopkeepers there have called a "
    "punishment.\n\n"
    "Calloway said that the boats would be the two that were bought second-hand in 2019 and that have "
    "spent most of their time in the yard. Both have new engines since the spring.\n\n"
    "Not everybody is convinced. The pilots' guild, which speaks for 140 crews, warned that the "
    "channel markers east of the breakwater are unlit and that the county had been told so twice. A "
    "spokesman for the county said that lamps had been ordered.\n\n"
    "The first boat is to leave Northport at 11.40 p.m. on 1 September. Tickets cost as much as by "
    "day; holders of a night-shift card pay half. The county will look at the numbers after six "
    "months and decide then whether the service stays.\n\n"
    "An earlier attempt, in 2014, was given up after nine weeks because of fog. This time the boats "
    "carry radar, and a bus waits where the ferry cannot land.\n\n"
)
SENTENCES = tuple(Span(*match.span()) for match in re.finditer(r'["A-Z][^.\n]{40,250}\.', TEXT))
_STRANGERS = ("council", "river", "signal", "engine", "minister", "budget", "carrier", "copper", "violin")


class Changed(NamedTuple):
    """A changed text, and where in it the span of the original stands now."""

    text: str
    span: Span


def mutate(text: str, span: Span, rate: float, seed: int) -> Changed:
    """Drop, replace, misspell or add to each word with probability ``rate``, and keep track of ``span``."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    written, length, start, end = [], 0, 0, 0
    for match in re.finditer(r"\S+\s*", text):
        word = match[0]
        if chance.random() < rate:
            word = _changed_word(word, chance)
        if match.start() <= span.start < match.end():
            start = length + min(span.start - match.start(), len(word))
        if match.start() < span.end <= match.end():
            end = length + min(span.end - match.start(), len(word))
        written.append(word)
        length += len(word)
    return Changed("".join(written), Span(start, end))


def _changed_word(word: str, chance: random.Random) -> str:
    body = word.rstrip()
    space = word[len(body) :]
    how = chance.randrange(4)
    if how == 0:
        return ""
    if how == 1:
        return chance.choice(_STRANGERS) + space
    if how == 2:
        return f"{word}{chance.choice(_STRANGERS)} "
    place = chance.randrange(len(body))
    return body[:place] + chance.choice("aeiou") + body[place + 1 :] + space


def shared(one: Span, other: Span) -> float:
    """Return how much of what either of the two spans covers both cover, 0 to 1."""
    both = max(0, min(one.end, other.end) - max(one.start, other.start))
    return both / (max(one.end, other.end) - min(one.start, other.start))


def mutate_characters(text: str, span: Span, rate: float, seed: int) -> Changed:
    """Drop, replace or double each character with probability ``rate``, and keep track of ``span``."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    written: list[str] = []
    length, start, end = 0, 0, 0
    for place, character in enumerate(text):
        if place == span.start:
            start = length
        if chance.random() < rate and not character.isspace():
            how = chance.randrange(3)
            character = "" if how == 0 else chance.choice("aeinrst") if how == 1 else character * 2  # noqa: PLW2901
        written.append(character)
        length += len(character)
        if place == span.end - 1:
            end = length
    return Changed("".join(written), Span(start, end))


def move_paragraphs(text: str, span: Span, seed: int, others: float = 0.1) -> Changed:
    """Put the paragraph that holds ``span``, and some of the ``others``, elsewhere, and keep track of it."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    paragraphs = [match.span() for match in re.finditer(r"[^\n]+\n*", text)]
    moving = [each for each in paragraphs if each[0] <= span.start < each[1] or chance.random() < others]
    order = [each for each in paragraphs if each not in moving]
    for each in moving:
        order.insert(chance.randrange(len(order) + 1), each)
    written, moved = "", span
    for start, end in order:
        if start <= span.start < end:
            moved = span.shifted(len(written) - start)
        written += text[start:end]
    return Changed(written, moved)
