"""Capital letters: how a line uses them, and how often a word of a text or a library has one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING

from sources.evidence.word_lists import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sources.model import Source


def _characters(categories: frozenset[str]) -> str:
    """Return what a regular expression's brackets hold for the letters of the scripts that have capitals.

    Most patterns here are made of these many times over, and `re` reads characters far faster than
    escapes or ranges of one.
    """
    codes = [code for code in range(0x41, 0x2000) if unicodedata.category(chr(code)) in categories]
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in ranges)


UPPER = _characters(frozenset({"Lu", "Lt"}))
LOWER = _characters(frozenset({"Ll"}))
LETTER = _characters(frozenset({"Lu", "Lt", "Ll"})) + "\u0300-\u036f"

_LOWER_WORD = re.compile(f"(?<![{LETTER}0-9])[{LOWER}]+")
_WORD = re.compile(f"[{LETTER}][{LETTER}'’]*")
_CAPITALS = re.compile(f"[{UPPER}]+")
_SMALL_LETTERS = re.compile(f"[{LOWER}]+")
_ENDS_SENTENCE = re.compile(r"[.!?…;,。！？؟][\"”’)」]?\s*$")
# In mid-sentence; "The" may be of a name.
_RAISED_SMALL_WORD = re.compile(
    r"[a-z] (?:To|Is|Are|Was|Be|In|On|At|For|From|With|Over|After|As|But|By|Into"
    r"|Amid|About|His|Her|Its|Their|Who|How"
    r"|That|Not|Has|Will|Can|Than|Of) \w"
)
_GERMAN = re.compile(
    r"\b(?:der|die|das|und|ist|nicht|ein|eine|den|dem|mit|auf|für|sich|auch|wird|sind|im|zum|zur|aus|bei|nach"
    r"|haben|hatte|hatten|wurde|wurden|werden|dass|daß|wir|sie|ich|oder|aber|einer|eines|einem|einen|kein|keine"
    r"|keinen|dieser|diese|dieses|diesem|sagte|sagt|vom|beim|über|gegen|durch|seine|ihre|noch|nur|wie|als)\b",
    re.IGNORECASE,
)

_CODE_SIGN = re.compile(
    r"[{}]|[a-zA-Z_]\(|\(\)|;$|==|!=|=>|->|::|&&|\|\||[a-z]_[a-z]|[\w\])] ?\+?= ?[\w'\"(\[{]|</?[a-z]+>|\):$"
    r"|\b(?:SELECT|FROM|WHERE|INSERT INTO)\b"
)
_IN_CODE_SIGNS = re.compile(r"[{}(;=>:&|_]|SELECT|FROM|WHERE|INSERT")  # of which each sign has one
_FEWEST_CODE_SIGNS = 2
# Not measured: chosen by what the lines of news pages look like.
_MOSTLY_CAPITALS = 4  # capitals to a small letter, from which a line or a text has no case to tell by
_LETTERS_TO_TELL = 40  # of a text, up to which it may have no capitals by chance
_SMALL_TO_A_CAPITAL = 200  # letters, from which a text is written without capitals
_FIRST_LINES = 50  # of a text, by which that is told
_RAISED_IN_TITLE = 0.75  # of the words that say something, from which a line is in Title Case
_GERMAN_SAMPLE = 20_000  # code points
_GERMAN_EVERY = 30  # code points, in which German has a function word at least
# Of these a German sentence has one, as a rule: most lines need no closer look.
_GERMAN_MARKS = (
    " der ",
    " die ",
    " das ",
    " und ",
    " ist ",
    " den ",
    " ein",
    "keine ",
    " nicht ",
    " mit ",
    " für ",
    " im ",
)
_FEWEST_GERMAN = 2  # different words; "der" alone may be in a name
_LONGEST_HEADING = 300  # characters; longer lines are running text
_FEWEST_WORDS = 4  # below this many words, capitals in a line are no sign of Title Case


class Style(Enum):
    """How a line uses capital letters, and so what a capital in it tells."""

    PLAIN = "a capital tells of a name"
    TITLE = "most words have one"
    UNCASED = "all letters are capitals, or none is"
    NOUNS = "every noun has one"
    CODE = "of a program, where a capital tells nothing of names"


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A line outside muted zones; ``cited`` when numbers at the ends of its sentences are citations."""

    source: int
    start: int
    end: int
    style: Style
    cited: bool = False


@dataclass(slots=True)
class CaseCounts:
    """How often each word, in small letters, stands with a small letter and with a chosen capital."""

    small: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)

    def names(self, word: str) -> bool:
        """Tell whether the story writes ``word`` (in small letters) as a name more often than not."""
        return self.capital[word] > self.small[word]

    def add_text(self, text: str) -> None:
        """Count the words of ``text`` that begin with a small letter."""
        self.small.update(_LOWER_WORD.findall(text))


def lines_of(source: Source, number: int) -> Iterator[StyledLine]:
    """Yield the lines of a source outside its muted zones, with their style; ``number`` is kept in them."""
    spans = [(zone.start, zone.end) for zone in source.zones if not zone.kind.muted]
    if not source.zones:
        spans = [(0, len(source.text))]
    spans = [span for start, end in spans for span in _split_lines(source.text, start, end)]
    german = _capitalises_nouns(source)
    uncased = _is_uncased("".join(source.text[start:end] for start, end in spans[:_FIRST_LINES]))
    style_before = Style.PLAIN
    for start, end in spans:
        style = _style(source.text[start:end])
        if style_before is Style.CODE and source.text[start] in " \t":
            style = Style.CODE
        style_before = style
        if uncased and style is not Style.CODE:
            style = Style.UNCASED
        if style is Style.PLAIN and (german or _is_german(source.text[start:end])):
            style = Style.NOUNS
        yield StyledLine(number, start, end, style, cited=source.ref.number is None)


def _split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1


def _style(line: str) -> Style:
    """Tell the style of one line by itself."""
    if _is_code(line[:_LONGEST_HEADING]):
        return Style.CODE
    if len(line) > _LONGEST_HEADING:
        return Style.PLAIN
    found = _WORD.findall(line)
    if 2 * sum(map(len, found)) < len(line):
        return Style.PLAIN  # mostly of a script without capitals, or of figures
    if len(found) < _FEWEST_WORDS:
        return Style.PLAIN if _ENDS_SENTENCE.search(line) else Style.TITLE
    capitals, small = _letters(line)
    if capitals > _MOSTLY_CAPITALS * small:
        return Style.UNCASED
    if line[0] == "(" and line.rstrip()[-1] == ")":
        return Style.PLAIN  # (Reporting by Ada Moss; Editing by Tom Hale)
    function = words("common-words.txt", "function")
    content = [word for word in found if len(word) > 1 and word.lower() not in function]
    raised = sum(word[0].isupper() for word in content)
    heading = (
        len(content) > 2
        and raised > _RAISED_IN_TITLE * len(content)
        and (_RAISED_SMALL_WORD.search(line) is not None or not _ENDS_SENTENCE.search(line))
    )
    return Style.TITLE if heading else Style.PLAIN


def _letters(text: str) -> tuple[int, int]:
    """Return how many capitals and how many small letters a text has."""
    if text.isascii():
        return len(text) - len(text.translate(_NO_CAPITALS)), len(text) - len(text.translate(_NO_SMALL))
    return sum(map(len, _CAPITALS.findall(text))), sum(map(len, _SMALL_LETTERS.findall(text)))


_NO_CAPITALS = dict.fromkeys(map(ord, ascii_uppercase))
_NO_SMALL = dict.fromkeys(map(ord, ascii_lowercase))


def _is_code(line: str) -> bool:
    """Tell whether a line has several of the signs that programs have and prose has not."""
    if _IN_CODE_SIGNS.search(line) is None:
        return False
    return len(set(_CODE_SIGN.findall(line))) >= _FEWEST_CODE_SIGNS


def _is_uncased(sample: str) -> bool:
    """Tell whether a text has no capitals, or hardly anything else."""
    capitals, small = _letters(sample)
    return capitals + small > _LETTERS_TO_TELL and (
        capitals * _SMALL_TO_A_CAPITAL < small or capitals > _MOSTLY_CAPITALS * small
    )


def _capitalises_nouns(source: Source) -> bool:
    """Tell whether a text is in a language that gives every noun a capital."""
    if source.language is not None:
        return source.language.lower().startswith(("de", "lb"))
    return _is_german(source.text[:_GERMAN_SAMPLE])


def _is_german(sample: str) -> bool:
    if not any(mark in sample for mark in _GERMAN_MARKS):
        return False
    found = _GERMAN.findall(sample)
    return len({word.lower() for word in found}) >= _FEWEST_GERMAN and len(found) * _GERMAN_EVERY > len(
        sample
    )


# How a whole library writes its words: with small letters, or with a capital where there was a choice.
#
# One story is often too short to tell whether "Anchor" at the start of a sentence is a name. The counts
# of a library are truecasing statistics (Lita et al., "tRuEcasIng", ACL 2003) that help where the story
# is silent.

_USAGE_SMALL = re.compile(f"(?<![{LETTER}0-9])[{LOWER}]{{2,}}(?![{LETTER}0-9])")
_CHOSEN_CAPITAL = re.compile(f"(?<=[{LOWER},] )[{UPPER}][{LOWER}]+(?![{LETTER}0-9])")
_LEAST_COUNT = 3  # occurrences below which a count tells nothing
_CLEAR_RATIO = 4  # times as often


@dataclass(frozen=True, slots=True)
class WordUsage:
    """How often words, in small letters, stand with small letters and with a capital in mid-sentence."""

    small: Mapping[str, int] = field(default_factory=dict)
    capital: Mapping[str, int] = field(default_factory=dict)

    def mostly_small(self, word: str) -> bool:
        """Tell whether ``word`` is clearly a common word."""
        small = self.small.get(word, 0)
        return small >= _LEAST_COUNT and small > _CLEAR_RATIO * self.capital.get(word, 0)

    def mostly_capital(self, word: str) -> bool:
        """Tell whether ``word`` is clearly a name."""
        capital = self.capital.get(word, 0)
        return capital >= _LEAST_COUNT and capital > _CLEAR_RATIO * self.small.get(word, 0)


def count_usage(texts: Iterable[str]) -> WordUsage:
    """Count the words of texts; words that are seen too seldom to tell anything are left out."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        small.update(_USAGE_SMALL.findall(text))
        capital.update(_CHOSEN_CAPITAL.findall(text))
    lowered: Counter[str] = Counter()
    for word, count in capital.items():
        lowered[word.lower()] += count
    return WordUsage(_frequent(small), _frequent(lowered))


def _frequent(counts: Counter[str]) -> dict[str, int]:
    return {word: count for word, count in sorted(counts.items()) if count >= _LEAST_COUNT}
