"""Headlines: which line is one, the publisher that its end names, a short form of it, and a story's slug."""

from __future__ import annotations

import re
from typing import NamedTuple

from sources.model import is_slug
from sources.text.cleaning import sha256_of
from sources.text.folding import fold
from sources.text.sentences import split_sentences
from sources.text.words import STOP_WORDS, names_in, read_word_lists

_LISTS = read_word_lists("sources.text", "headlines.txt")
OUTLET_WORDS = frozenset(_LISTS["outlet-words"].split())
_WEAK_OUTLET_WORDS = frozenset(_LISTS["weak-outlet-words"].split())
_OUTLET_ENDINGS = tuple(_LISTS["outlet-endings"].split())
KNOWN_OUTLETS = frozenset(names_in(_LISTS["known-outlets"]))
_RUBRICS = frozenset(names_in(_LISTS["rubrics"]))
_GIVEN_NAMES = frozenset(_LISTS["given-names"].split())
_SEPARATOR = re.compile(r"\s+([|•·»–—-]|::)\s+")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]+\.)+(?:com|org|net|news|info|tv|io|ai|co|eu|[a-z]{2})", re.ASCII)
_CAMEL_CASE = re.compile(r"\b(?:[A-Z][a-z]+|[A-Z]{1,3}[a-z]+|[a-z])(?:[A-Z][a-z]{2,}|[A-Z]{2,})\w*")
_NOT_IN_A_NAME = re.compile(r"[()\[\]{}<>\"“”?!:;%$€£=@#\\/]|\d{3}")
_LINKING_WORDS = frozenset(
    {"and", "of", "the", "de", "la", "le", "el", "der", "die", "das", "&", "for", "in", "on"}
)
_LONGEST_NAME = 40
_TELLING_SUM = 6  # digits of the sum in the slug of a name that ASCII cannot show


class TitleParts(NamedTuple):
    """A headline, and the publisher that was in its tail; None when none is known."""

    title: str
    publisher: str | None


def split_title(line: str) -> TitleParts:
    """Take the publisher off the end of a headline, only where there is evidence that it is one.

    A bar is evidence enough for a short name. A dash needs more, because headlines end in dashed rubrics,
    speakers and afterthoughts: an outlet's word (Times, Herald), a web domain, a known outlet, or a name made
    like a brand (camel case; or an outlet's ending, when the headline itself is in sentence case).
    """
    whole = line.strip()
    separators = list(_SEPARATOR.finditer(whole))
    for found in reversed(separators[-2:]):
        head, tail = whole[: found.start()].rstrip(), whole[found.end() :].strip()
        inner = _SEPARATOR.search(tail)
        if inner and not _is_rubric(tail[inner.end() :]):
            continue
        name = tail[: inner.start()].rstrip() if inner else tail
        if len(head) > 3 and _is_publisher(name, mark=found[1], head=head):
            return TitleParts(_without_rubric(head), name)
    return TitleParts(whole, None)


def _is_publisher(name: str, *, mark: str, head: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 6 or len(name) > _LONGEST_NAME or _is_rubric(name):
        return False
    if name.casefold() in KNOWN_OUTLETS or _DOMAIN.fullmatch(name):
        return True
    if _NOT_IN_A_NAME.search(name) or not _named(words):
        return False
    if mark in {"|", "•", "·", "»", "::"}:
        return len(words) <= 5 and not _names_a_person(words) and not name.isdigit()
    return _outlet_by_its_words(words) or _outlet_by_its_shape(words, head)


def _is_rubric(name: str) -> bool:
    return name.casefold().strip(" .") in _RUBRICS


def _named(words: list[str]) -> bool:
    """Tell whether all words that carry a name's meaning begin as names do."""
    return all(
        word[0].isupper() or word[0].isdigit() or _CAMEL_CASE.match(word) or word.casefold() in _LINKING_WORDS
        for word in words
    ) and any(word[0].isupper() or _CAMEL_CASE.match(word) for word in words)


def _names_a_person(words: list[str]) -> bool:
    return len(words) in {2, 3} and words[0].casefold() in _GIVEN_NAMES and not _outlet_by_its_words(words)


def _outlet_by_its_words(words: list[str]) -> bool:
    folded = [word.casefold().strip(".,'’") for word in words]
    if any(word in OUTLET_WORDS for word in folded):
        return True
    return len(words) >= 2 and folded[-1] in _WEAK_OUTLET_WORDS and not _all_common(folded)


def _all_common(folded: list[str]) -> bool:
    return all(word in _WEAK_OUTLET_WORDS or word in _LINKING_WORDS for word in folded)


def _outlet_by_its_shape(words: list[str], head: str) -> bool:
    if len(words) <= 2 and any(_CAMEL_CASE.fullmatch(word) for word in words):
        return True
    last = words[-1].casefold()
    ending = any(last.endswith(end) and len(last) >= len(end) + 3 for end in _OUTLET_ENDINGS)
    return len(words) <= 2 and ending and _in_sentence_case(head)


def _in_sentence_case(head: str) -> bool:
    later = [word for word in head.split()[1:] if word[0].isalpha()]
    return bool(later) and sum(word[0].islower() for word in later) * 2 > len(later)


def _without_rubric(head: str) -> str:
    """Drop a rubric that stood between headline and publisher."""
    separators = list(_SEPARATOR.finditer(head))
    if separators and _is_rubric(head[separators[-1].end() :]):
        return head[: separators[-1].start()].rstrip()
    return head


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


def slug_of_name(name: str) -> str:
    """Return the slug of a story by any name that a person gives it; empty for one without letters or digits.

    What is a slug stays so. A name that ASCII cannot show, such as 港の売却, always gets the same one.
    """
    plain = " ".join(name.split())
    if is_slug(plain):
        return plain
    if slug := make_slug(plain):
        return slug
    if not any(letter.isalnum() for letter in plain):
        return ""
    return f"story-{sha256_of(fold(plain))[:_TELLING_SUM]}"


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
