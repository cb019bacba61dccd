"""The names and offices of a statement that its source has not, or has otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.audit import UNSURE, Difference
from sources.evidence.audit.held import near_words
from sources.evidence.audit.lexicon import is_office, listed, plain_office
from sources.evidence.audit.offices import offices_of
from sources.evidence.audit.passages import keys_like, same_figure
from sources.evidence.audit.quote_details import speaks_for
from sources.evidence.audit.reading import is_saying, words_of
from sources.evidence.clause_subjects import subject_of
from sources.evidence.entities import EntityKind
from sources.evidence.synonyms import meaning
from sources.model import Span
from sources.text.words import STOP_WORDS, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.evidence.audit.held import Details, Held
    from sources.evidence.audit.lexicon import Term
    from sources.evidence.audit.offices import Office
    from sources.evidence.audit.reading import NameHere, ReadText, Sentence
    from sources.evidence.entities import Entity
    from sources.evidence.figures import Figure


def other_owners(held: Held) -> Iterator[Difference]:
    """Find a figure that the source has of somebody else: of Asterby, where the statement says Wenlow.

    What one sells for a price another buys for it: such verbs tell nothing of whose the figure is.
    """
    for figure in held.asked.figures:
        mine = _owner(held.sentence, figure.start)
        having = [
            (sentence, other)
            for sentence in held.text.sentences
            for other in sentence.figures
            if same_figure(figure, other)
        ]
        theirs = _owner(having[0][0], having[0][1].start) if len(having) == 1 else None
        if mine is None or theirs is None or having[0][0] not in held.passage.sentences:
            continue
        if mine.predicate != theirs.predicate and (
            not {mine.predicate, theirs.predicate}.isdisjoint(_converses())
            or not _of_one_thing(held, figure, *having[0])
        ):
            continue
        named = {name.entity.id for name in having[0][0].names}
        one, other_one = mine.name.entity, theirs.name.entity
        if other_one.kind is one.kind and one.id not in named and not speaks_for(one, other_one):
            yield Difference("name", mine.name.span, theirs.name.span)


def _converses() -> frozenset[str]:
    return frozenset(meaning(word) for word in listed("converses"))


def _of_one_thing(held: Held, figure: Figure, sentence: Sentence, other: Figure) -> bool:
    """Tell whether two figures stand beside one word, names apart: "a deficit of"."""
    mine = near_words(held.sentence, Span(figure.start, figure.end))
    theirs = near_words(sentence, Span(other.start, other.end))
    return any(not one.startswith(("@", "~")) for one in mine & theirs)


class _Owner(NamedTuple):
    name: NameHere
    predicate: str


def _owner(sentence: Sentence, place: int) -> _Owner | None:
    """Return the name that is the subject of the clause with a place, and what that clause says it does."""
    clause = sentence.clause
    verbs = [at for at, kind in enumerate(clause.kinds) if kind in "vy" and clause.words[at].start < place]
    phrase = subject_of(clause, verbs[-1]) if verbs else None
    if phrase is None:
        return None
    here = [
        name
        for name in sentence.names
        if phrase.start <= name.span.start < phrase.end and not sentence.is_dateline(name.span)
    ]
    return _Owner(here[0], meaning(clause.words[verbs[-1]].text.lower())) if len(here) == 1 else None


def compare_names(held: Held, found: Details) -> None:
    """Find the names that the source has not, or in whose place it has another."""
    here = {name.entity.id for name in held.sentence.names}
    passage = {name.entity.id for one in _leading_to(held) for name in one.names}
    for name, _ in held.asked.names:
        entity = name.entity
        if entity.id in passage or entity.id in held.text.titled:
            continue
        rival = _rival(held, name.span, entity, here)
        if rival is not None:
            found.differs.append(Difference("name", name.span, rival))
        elif entity.id in held.text.named:
            found.differs.append(Difference(UNSURE, name.span, None))
        elif not _is_written(entity, name.span.of(held.sentence.text), held.text):
            found.missing.append(name.span)


_BEFORE = 2  # sentences in which a name is still what a pronoun of the passage stands for


def _leading_to(held: Held) -> Sequence[Sentence]:
    """Return the sentences of the passage and those right before each."""
    numbers = {max(0, one.number - back) for one in held.passage.sentences for back in range(_BEFORE + 1)}
    return [held.text.sentences[number] for number in sorted(numbers)]


def _is_written(entity: Entity, written: str, text: ReadText) -> bool:
    """Tell whether a source has a name in some form, which need not have been found as a name there."""
    plain = text.plain_words
    forms = (written, entity.name, *entity.aliases)
    if any(f" {' '.join(words_of(form))} " in plain for form in forms if form):
        return True
    row = words_of(entity.name)
    telling = row[-1:] if entity.kind is EntityKind.PERSON else row[:1]  # "a tournament in Castelmar"
    return bool(telling) and telling[0] not in STOP_WORDS and f" {telling[0]} " in plain


_TOLD_ALIKE = 0.5  # share of a statement's words in a sentence that has another name in the same place


def _rival(held: Held, said: Span, entity: Entity, here: set[str]) -> Span | None:
    """Return the name that a passage has where the statement has another of its kind."""
    if any(one.span.overlaps(said) for one in held.sentence.credits) or held.sentence.is_dateline(said):
        return None
    mine = _place_of(held.sentence, said)
    for sentence in held.passage.sentences:
        if held.share_in(sentence) < _TOLD_ALIKE:
            continue
        for name in sentence.names:
            other = name.entity
            if other.id in here or other.kind is not entity.kind or speaks_for(entity, other):
                continue
            if mine & _place_of(sentence, name.span) and not sentence.is_dateline(name.span):
                return name.span
    return None


def _place_of(sentence: Sentence, span: Span) -> set[str]:
    """Return the places of a name: subject or object of a predicate, or behind a preposition and its word."""
    clause = sentence.clause
    row, kinds = clause.words, clause.kinds
    found: set[str] = set()
    inside = [at for at, word in enumerate(row) if span.start <= word.start < span.end]
    if not inside:
        return found
    first, last = inside[0], inside[-1]
    for at, kind in enumerate(kinds):
        phrase = subject_of(clause, at) if kind in "vy" and not is_saying(row[at].text) else None
        if phrase is not None and phrase.start < span.end and span.start < phrase.end:
            found.add(f"subject {meaning(row[at].text.lower())}")
    before = first - 1
    while before >= 0 and (
        kinds[before] in "NPOLE" or row[before].text.lower() in ("the", "a", "an", "its", "their")
    ):
        before -= 1
    if before >= 0 and kinds[before] in "vyi" and not is_saying(row[before].text):
        found.add(f"object {meaning(row[before].text.lower())}")
    if before >= 1 and kinds[before] == "f" and kinds[before - 1] in "vyi":
        found.add(f"{row[before].text.lower()} {meaning(row[before - 1].text.lower())}")
    if last + 1 < len(row) and kinds[last + 1] == "g" and last + 2 < len(row):
        found.add(f"of {meaning(row[last + 2].text.lower())}")
    return found


def other_roles(held: Held) -> Iterator[Difference]:
    """Find offices that the source gives otherwise for the same person."""
    for name, _ in held.asked.names:
        if name.entity.kind is not EntityKind.PERSON:
            continue
        mine = offices_of(held.sentence, name.span)
        if not mine:
            continue
        theirs = [
            office
            for sentence in held.text.sentences
            for other in sentence.names
            if other.entity.id == name.entity.id
            for office in offices_of(sentence, other.span)
        ]
        if not theirs:
            continue
        for office in mine:
            if _is_said(office, held.text) or any(_may_be_one(office.words, one.words) for one in theirs):
                continue
            if office.words[-1] not in listed("combined") and theirs[0].words[-1] not in listed("combined"):
                yield Difference("role", office.span, theirs[0].span)


def _is_said(office: Office, text: ReadText) -> bool:
    """Tell whether a source has an office, of whomever: it may well be this one's, too."""
    words = [token.norm for sentence in text.sentences for token in sentence.tokens]
    return office.words[-1] in plain_office(tuple(words))


def _may_be_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two descriptions can be of one office: one has no word that the other excludes."""
    mine = {stem(word) for word in one if word not in listed("standings")}
    theirs = {stem(word) for word in other if word not in listed("standings")}
    if one[-1] != other[-1] and not (mine <= theirs or theirs <= mine):
        offices = {word for word in (*one, *other) if is_office(word)}
        return len(offices) < 2 or not ({one[-1], other[-1]} <= offices)
    return True if one[-1] != other[-1] else mine <= theirs or theirs <= mine or not (mine ^ theirs)


def unknown_offices(held: Held) -> Iterator[Difference]:
    """Find an office that the source gives nobody, in whatever form."""
    words = tuple(token.norm for sentence in held.text.sentences for token in sentence.tokens)
    known = {*words, *plain_office(words)}
    for row in _office_phrases([term for term, _ in held.asked.terms]):
        head = row[-1]
        if head.norm in listed("combined") or any(
            key in held.text.places for key, _ in keys_like(head.norm, head.form)
        ):
            continue
        if known.isdisjoint(plain_office(tuple(term.norm for term in row))[-1:]):
            yield Difference(UNSURE, Span(row[0].span.start, head.span.end), None)


def _office_phrases(terms: Sequence[Term]) -> Iterator[list[Term]]:
    """Yield the words of each office, those that stand side by side as one: "chief executive"."""
    row: list[Term] = []
    for term in terms:
        if row and (not is_office(term.norm) or term.span.start > row[-1].span.end + 1):
            yield row
            row = []
        if is_office(term.norm):
            row.append(term)
    if row:
        yield row
