"""The slots of a figure: what is measured, of whom, in which group, whether of a part, and who says it.

They are read from the clause of the figure, else from the sentence before. A slot that is not said is not
known, and what is not known neither joins two figures nor parts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.evidence.figure_matrix.clause_verbs import is_number
from sources.evidence.figures.bare import NAMED_BEFORE, OF_THEM_ALL
from sources.evidence.figures.units import MEASURES, TIMES
from sources.evidence.synonyms import meaning
from sources.evidence.word_lists import calendar, sections

if TYPE_CHECKING:
    from sources.evidence.figure_matrix.measures import Cue
    from sources.evidence.figure_matrix.owners import Named
    from sources.evidence.figure_matrix.sense import Sense
    from sources.evidence.figure_matrix.surroundings import Surroundings
    from sources.evidence.figures import Figure
    from sources.model import Span


@dataclass(slots=True)
class Slots:
    """What is known of a figure; None or empty where the text does not say.

    ``owner`` is the id of an entity, ``owner_sure`` where its own clause names it, ``owner_words`` how a text
    describes an owner without a name; ``noun`` is the noun phrase that the figure is the value of, ``label``
    what else its clause says of it; ``measure`` is a section
    of the list of measures; ``role`` tells a level, a change and a share apart; ``contrasts`` holds the word
    of each group of contrasts; ``period`` is its first and last day; ``moved`` tells that the value has
    changed, ``part`` that it is one of a whole that is told of as well; ``voice`` is the entity that says it;
    ``verb`` is what the verb that governs it means, ``acts`` that the owner made the value what it is;
    ``per`` is what an amount of money is for each of; ``day`` and ``places`` are when and where it was so.
    """

    owner: str | None
    owner_sure: bool
    owner_words: str
    noun: str
    label: str
    measure: str | None
    cue: Cue | None
    role: str
    contrasts: dict[int, int]
    period: tuple[str, str] | None
    sense: Sense
    moved: bool
    part: bool
    voice: str | None
    verb: str
    acts: bool
    per: str | None
    day: str | None
    places: frozenset[str]


# The contrasts: of each group the word that is nearest to the figure, with no other figure between the two.


def _contrasts() -> dict[str, tuple[int, int]]:
    found = {}
    for group, line in enumerate(sections("figure-slots.txt")["contrasts"].splitlines()):
        for side, listed in enumerate(line.split("|")):
            found.update(dict.fromkeys(listed.split(), (group, side)))
    return found


_CONTRASTS = _contrasts()
# Who is named for being counted apart: what is said of nobody in particular may be of all.
_PARTS_OF_ALL = frozenset(_CONTRASTS[word] for word in ("placebo", "men", "women", "urban", "rural"))
_LOOSE_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def contrasts_of(figure: Figure, beside: Surroundings) -> dict[int, int]:
    """Return the side of each group of contrasts that the words around a figure take."""
    clause, around = beside.clause, beside.figures
    start = max(
        (each.end for each in around if clause.start <= each.start < figure.start), default=clause.start
    )
    end = min((each.start for each in around if figure.end <= each.start < clause.end), default=clause.end)
    nearest: dict[int, tuple[int, int]] = {}
    for word in _LOOSE_WORD.finditer(beside.text, start, end):
        taken = _CONTRASTS.get(word[0].lower())
        if taken is not None:
            gap = max(word.start() - figure.end, figure.start - word.end())
            nearest[taken[0]] = min(nearest.get(taken[0], (gap, taken[1])), (gap, taken[1]))
    return {group: side for group, (_, side) in nearest.items()}


def populations(slots: Slots) -> frozenset[tuple[int, int]]:
    """Return the parts of all that a figure is of: those on placebo, the women."""
    return _PARTS_OF_ALL.intersection(slots.contrasts.items())


# The voice: who says so.

_SPEAKS = re.compile(
    r"(?:, [^,;]{1,60},)?(?: \w+)? (?:sa(?:id|ys)|told|tells|reported|reports|announced"
    r"|confirmed|estimate[ds]?|believes?"
    r"|claim(?:s|ed)|warn(?:s|ed)|added|puts?|reckons?|calculate[sd]|insist(?:s|ed)|accepts?)\b"
)
_SAID_BY = re.compile(
    r"\b(?:said|says|according to|told by|added|by)(?: (?:the|[A-Z][\w.]+|[a-z]+))?(?: [A-Z][\w.]+)? $"
)


def find_voice(text: str, sentence: Span, named: Named) -> str | None:
    """Return the entity that a sentence gives as the one who says so."""
    for start, end, name in named.within(sentence):
        if _SPEAKS.match(text, end, sentence.end) or _SAID_BY.search(
            text, max(sentence.start, start - 40), start
        ):
            return name
    return None


_REACH_OF_PART = 48  # code points before a figure that are looked through for words of a part
_PART_LEFT = re.compile(
    r"\b(?:others?|another|including|among (?:them|whom|those)|of (?:them|whom|those)"
    r"|of the \w+,|further|additional|extra|(?:the|its|their) (?:last|final|first|next|remaining)"
    r"|(?:serious|severe|critical|grave|slight|light)ly)(?: \w+)?,? $",
    re.IGNORECASE,
)
_PART_RIGHT = re.compile(
    r"(?:,? (?:of (?:them|whom|those)|others|more|(?:were |was |are |is "
    r"|been )?(?:serious|severe|critical|grave"
    r"|slight|light)ly)\b|[^.;,]{0,24} (?:serious|severe|critical|grave|slight|light)ly\b)"
)


def is_part(figure: Figure, beside: Surroundings) -> bool:
    """Tell whether a count is one of a part only: "another 40", "four of them", "nine seriously"."""
    text, clause = beside.text, beside.clause
    left = max(clause.start, figure.start - _REACH_OF_PART)
    if OF_THEM_ALL.match(text, figure.end) and NAMED_BEFORE.search(text, left, figure.start):
        return False
    bare = is_number(figure.text.rsplit(maxsplit=1)[-1])  # "four doses of the drug" are all that there are
    return bool(
        _PART_LEFT.search(text, left, figure.start)
        or _PART_RIGHT.match(text, figure.end, clause.end)
        or (bare and _PART_OF.match(text, figure.end, clause.end))
        or figure.text.lower().split()[1:2] in (["other"], ["others"], ["more"])
    )


_PART_OF = re.compile(r" of the\b")
_PER = re.compile(
    r"(?: (?:more|less|extra))?(?:[ -](?:an?|each|every|per)[ -]|/)(?P<base>[a-z]+)"
    r"(?! (?:ago|earlier|later|before(?! [a-z]+s\b)))"
)
_BASES = frozenset((*TIMES, *MEASURES, "share", "head", "person", "household", "night", "shift", "game"))


def find_per(text: str, figure: Figure, end: int) -> str | None:
    """Return what an amount of money is for each of: "week" of "£950 a week"."""
    per = _PER.match(text, figure.end, end)
    return per["base"] if per is not None and per["base"] in _BASES else None


_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|across|around) (?:the )?"
    r"(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,3})(?![’'])"
)
_TIMES = frozenset(map(str.lower, calendar()))


def find_places(beside: Surroundings, named: Named) -> frozenset[str]:
    """Return what is named, as an entity or in small letters, where the clause of a figure says it was so."""
    found = {
        named.at(*each.span("name")) or each["name"].lower()
        for each in _PLACE.finditer(beside.text, *beside.clause)
    }
    return frozenset(found - _TIMES)


def thing_key(words: str) -> str | None:
    """Return the stem of the last word of a phrase, which tells what it is about."""
    if not words:
        return None
    return meaning(re.sub(r"['’]s?$", "", words.rsplit(maxsplit=1)[-1]).lower())
