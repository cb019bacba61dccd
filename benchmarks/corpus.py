"""A synthetic corpus with the word frequencies of natural text, and queries over it; the same each time.

Words follow a Zipf-Mandelbrot law. Each document leans towards one of some hundred topics, so that words
come together in some documents rather than all over.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

VOCABULARY = 100_000
_TOPICS = 300
_TOPIC_WORDS = 300
_TOPIC_SHARE = 0.22
_MOST_FREQUENT = 50  # words that count as common where none is in many texts
_FUNCTION_WORDS = [
    "the", "of", "and", "to", "in", "a", "that", "for", "it", "as", "was", "with", "be", "by", "on",
    "not", "at", "this", "have", "from", "or", "had", "are", "but", "his", "they", "which", "you",
    "were", "her", "all", "one", "she", "there", "would", "their", "we", "him", "been", "has", "when",
    "who", "will", "more", "no", "if", "out", "so", "said", "what", "up", "its", "about", "into",
    "than", "them", "can", "only", "other", "new", "some", "could", "time", "these", "two", "may",
    "then", "do", "first", "any", "my", "now", "such", "like", "our", "over", "man", "me", "even",
    "most", "made", "after", "also", "did", "many", "before", "must", "through", "back", "years",
    "where",
]  # fmt: skip
_ONSETS = [
    "b", "bl", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l",
    "m", "n", "p", "pl", "r", "s", "sc", "sh", "sl", "st", "t", "tr", "v", "w",
]  # fmt: skip
_PUBLISHERS = [
    "Herald", "Morning Post", "City Tribune", "Harbour Gazette", "Nordic Press", "Weekly Mirror", "Wire",
    "Observer", "Evening Star", "Coast Times",
]  # fmt: skip


class Document(NamedTuple):
    """One invented source."""

    key: str
    title: str
    body: str
    publisher: str
    date: str


def vocabulary() -> list[str]:
    """Return invented words, the most frequent first."""
    chance = random.Random(2031)  # noqa: S311 - the same each time
    onsets = _ONSETS
    vowels = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
    codas = ["", "", "n", "r", "s", "t", "l", "m", "nd", "st", "ck"]
    endings = ["", "", "", "", "s", "ed", "ing", "er", "ion", "ment", "al", "ity", "ly"]
    words = dict.fromkeys(_FUNCTION_WORDS)
    while len(words) < VOCABULARY:
        syllables = 1 if len(words) < 1500 and chance.random() < 0.5 else chance.choice((2, 2, 3))
        word = "".join(
            chance.choice(onsets) + chance.choice(vowels) + chance.choice(codas) for _ in range(syllables)
        )
        word += chance.choice(endings)
        if len(word) > 2:
            words.setdefault(word)
    return list(words)


def documents(count: int, *, words: int = 400, seed: int = 7) -> Iterator[Document]:
    """Yield ``count`` documents of about ``words`` words."""
    chance = np.random.default_rng(seed)
    terms = np.array(vocabulary())
    overall = _cumulated(1 / (np.arange(1, VOCABULARY + 1) + 2.7) ** 1.07)
    topics = [_topic(chance) for _ in range(_TOPICS)]
    start = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
    for number in range(count):
        length = int(np.clip(chance.normal(words, words * 0.3), words * 0.15, words * 4))
        picked = np.searchsorted(overall, chance.random(length)).clip(max=VOCABULARY - 1)
        own, likely = topics[int(chance.integers(_TOPICS))]
        leaning = chance.random(length) < _TOPIC_SHARE
        picked[leaning] = own[
            np.searchsorted(likely, chance.random(int(leaning.sum()))).clip(max=len(own) - 1)
        ]
        title = own[np.searchsorted(likely, chance.random(8)).clip(max=len(own) - 1)]
        yield Document(
            key=f"d{number:07d}",
            title=" ".join(terms[title].tolist()).capitalize(),
            body=_sentences(terms[picked].tolist(), chance),
            publisher=_PUBLISHERS[int(chance.zipf(1.6)) % len(_PUBLISHERS)],
            date=(start + dt.timedelta(days=int(chance.integers(4000)))).date().isoformat(),
        )


def _cumulated(weights: NDArray[Any]) -> NDArray[Any]:
    summed = np.cumsum(weights)
    shares: NDArray[Any] = summed / summed[-1]
    return shares


def _topic(chance: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the words of a topic and their cumulated shares."""
    ranks = np.unique(np.exp(chance.uniform(np.log(200), np.log(60_000), _TOPIC_WORDS)).astype(np.int64))
    chance.shuffle(ranks)
    return ranks, _cumulated(1 / (np.arange(len(ranks)) + 3.0))


def _sentences(words: list[str], chance: np.random.Generator) -> str:
    """Return running text: sentences of some eighteen words, paragraphs of four."""
    sentences = []
    at = 0
    while at < len(words):
        size = int(chance.integers(8, 28))
        sentence = words[at : at + size]
        sentences.append(" ".join([sentence[0].capitalize(), *sentence[1:]]) + ".")
        at += size
    return "\n\n".join(" ".join(sentences[first : first + 4]) for first in range(0, len(sentences), 4))


class Queries(NamedTuple):
    """Queries by kind, as lists of words."""

    rare: list[list[str]]
    common: list[list[str]]
    both: list[list[str]]
    any_of_three: list[list[str]]
    phrase: list[list[str]]
    prefix: list[list[str]]
    fuzzy: list[list[str]]


def queries(sample: list[Document], count: int = 200) -> Queries:
    """Return ``count`` queries of each kind; ``sample`` are some thousand documents of the corpus."""
    chance = random.Random(11)  # noqa: S311 - the same each time
    texts = [document.body.lower().replace(".", "").split() for document in sample]
    frequency: dict[str, int] = {}
    for text in texts:
        for word in set(text):
            frequency[word] = frequency.get(word, 0) + 1
    function_words = set(_FUNCTION_WORDS)
    known = {word: n for word, n in frequency.items() if len(word) > 3 and word not in function_words}
    rare = [word for word, n in known.items() if n <= 2]
    common = [word for word, n in known.items() if n >= 0.07 * len(texts)]
    if not common:  # of short texts
        common = sorted(known, key=known.__getitem__, reverse=True)[:_MOST_FREQUENT]
    middle = [word for word, n in known.items() if 0.005 * len(texts) <= n < 0.07 * len(texts)]
    often = set(common) | set(middle)

    def together(size: int) -> list[str]:
        while True:
            there = sorted({word for word in chance.choice(texts) if word in often})
            if len(there) >= size:
                return chance.sample(there, size)

    def neighbours() -> list[str]:
        while True:
            text = chance.choice(texts)
            at = chance.randrange(len(text) - 1)
            if text[at] in known and text[at + 1] in known:
                return text[at : at + 2]

    def misspelt() -> str:
        word = chance.choice([word for word in middle if 5 <= len(word) <= 9])
        at = chance.randrange(1, len(word))
        return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]

    return Queries(
        rare=[[chance.choice(rare)] for _ in range(count)],
        common=[[chance.choice(common)] for _ in range(count)],
        both=[together(2) for _ in range(count)],
        any_of_three=[together(3) for _ in range(count)],
        phrase=[neighbours() for _ in range(count)],
        prefix=[[chance.choice(middle + rare)[:4]] for _ in range(count)],
        fuzzy=[[misspelt()] for _ in range(count)],
    )
