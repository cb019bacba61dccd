"""Headlines: which line is one, how a long one is shortened, and the slug made from it."""

from __future__ import annotations

import re

from sources.text.folding import fold
from sources.text.sentences import split_sentences
from sources.text.words import STOP_WORDS

_LONGEST_HEADLINE = 200
_LONGEST_SHORTENED = 90
_FINAL_STOP = re.compile(r"[.;,:…][\"”’')\]]*$")
_ENDS_IN_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.(?:[A-Z]\.)+|Inc\.|Co\.|Corp\.|Ltd\.|Jr\.|Sr\.|vs\.|No\.)$")
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]*,[A-Z .,'’-]*")
_WORD = re.compile(r"[a-z0-9]+")
# They join in a slug what they stand between, other signs part it: stories are found again by their slugs, so
# dashes are not folded first.
_JOINING = re.compile(r"[’'`´‘‚‛ʼ“”„‟«»‹›‐-―−]")
_SLUG_WORDS = 4
_LONGEST_SLUG = 60


def could_be_headline(line: str) -> bool:
    """Tell whether a line is short enough, and ends, as a headline does: without a full stop."""
    stripped = line.strip()
    if not stripped or len(stripped) > _LONGEST_HEADLINE or not any(map(str.isalpha, stripped)):
        return False
    if _FINAL_STOP.search(stripped) and not _ENDS_IN_ABBREVIATION.search(stripped):
        return False
    return not _DATELINE.fullmatch(stripped) and len(split_sentences(stripped)) == 1


def shortened(text: str) -> str:
    """Return the first sentence of ``text`` on one line, cut at a word to about ninety code points."""
    sentences = split_sentences(text[:2000])
    first = " ".join((sentences[0].of(text) if sentences else text[:2000]).split())
    if len(first) <= _LONGEST_SHORTENED:
        return first.removesuffix(".")
    cut = first[: _LONGEST_SHORTENED + 1].rpartition(" ")[0] or first[:_LONGEST_SHORTENED]
    return cut.rstrip(" ,;:–—-") + "…"


def make_slug(text: str) -> str:
    """Return a story's name made from a headline: up to four telling words in ASCII, joined by hyphens.

    Empty when ``text`` has no letter or digit that ASCII can show.
    """
    words = _WORD.findall(fold(_JOINING.sub("", text)).encode("ascii", "ignore").decode())
    telling = [word for word in words if word not in STOP_WORDS] or words
    slug = "-".join(telling[:_SLUG_WORDS])
    while len(slug) > _LONGEST_SLUG:
        slug = slug.rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug
