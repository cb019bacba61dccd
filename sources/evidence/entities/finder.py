"""Finds the entities of a story: the engine that puts all steps together."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from sources.evidence.entities import Entity, EntityKind, Mention, identifier_of, kinds
from sources.evidence.entities.candidates import StoryWords, runs_in
from sources.evidence.entities.casing import Style, WordUsage, lines_of
from sources.evidence.entities.context_votes import vote_by_neighbours, vote_in_context
from sources.evidence.entities.descriptions import described_kind, kind_before
from sources.evidence.entities.forms import Form, Links, key_of
from sources.evidence.entities.known_names import (
    KnownNames,
    acronyms_behind,
    defined_acronyms,
    known_agencies,
    small_agencies,
    small_names_in,
    small_products,
    with_own_particles,
    with_own_possessives,
)
from sources.evidence.entities.linking import link
from sources.evidence.entities.persons import pronoun_told_before
from sources.evidence.entities.recognized import vote_as_recognized, with_recognized
from sources.evidence.entities.refrains import without_refrains
from sources.evidence.entities.trimming import names_in
from sources.evidence.word_lists import place_names, pronoun_of_given_name, same_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sources.evidence.entities.candidates import CapitalisedRun, Name
    from sources.evidence.entities.casing import StyledLine
    from sources.evidence.entities.recognizers import Recognized
    from sources.model import Source

_MOST_WEIGHT = 5.0  # mentions whose context counts in full
_DESCRIBED = 3.5  # the weight of being said to be something of a kind
_CENTRAL = 3  # times as often as his namesakes must a person be named to be who a story is about
_IN_RAND = re.compile(r"\brand\b|\bR[0-9][0-9.,]*[ -]?(?:million|billion|trillion|bn|mn|m)\b")
_OPEN_TO_PERSONS = 3.0  # the weight of having the surname of several persons
_NAMED_AS = 1.5  # the weight of a noun before the name: "the lander Plover"


def find_entities(
    sources: Sequence[Source], usage: WordUsage | None = None, recognized: Iterable[Recognized] = ()
) -> tuple[Entity, ...]:
    """Find the things that the sources of one story name, outside muted zones.

    They come by falling number of mentions, then by name. Offsets are code points into each source's text.
    ``usage`` tells how a whole library writes its words, and speaks where the story itself is silent;
    ``recognized`` are spans that plug-ins found, which count as votes.
    """
    evidence, runs, lines = _read(sources, usage or WordUsage())
    other_lines = [line for line in lines if line.style in (Style.TITLE, Style.UNCASED)]
    texts = [source.text for source in sources]
    acronyms = defined_acronyms(sources, evidence)
    evidence.products = small_products(texts, evidence)
    found = [name for run in runs for name in names_in(sources[run.line.source].text, run, evidence)]
    small = evidence.products | small_agencies()
    plain = [line for line in lines if line.style is Style.PLAIN]
    added = [name for line in plain for name in small_names_in(texts[line.source], line, small)]
    if added:
        found += added
        found.sort(key=lambda name: (name.line.source, name.start))
    found = with_own_particles(with_own_possessives(found, texts), texts)
    acronyms |= acronyms_behind(found, texts, evidence.generic) | known_agencies(found)
    if other_lines:
        known = KnownNames({key_of(name.text) for name in found}, evidence.case)
        found += [name for line in other_lines for name in known.names_in(sources[line.source].text, line)]
        found.sort(key=lambda name: (name.line.source, name.start))
    spans = tuple(recognized)
    found, told = with_recognized(found, spans, lines, texts) if spans else (found, ())
    forms = _forms(sources, found, evidence)
    vote_as_recognized(forms, told)
    _share_votes(forms)
    return _entities(sources, found, forms, link(forms, acronyms))


def _read(
    sources: Sequence[Source], usage: WordUsage
) -> tuple[StoryWords, list[CapitalisedRun], list[StyledLine]]:
    """Return what the story tells of its words, its runs, and its lines."""
    evidence = StoryWords(usage)
    runs: list[CapitalisedRun] = []
    lines: list[StyledLine] = []
    for number, source in enumerate(sources):
        evidence.in_rand = evidence.in_rand or _IN_RAND.search(source.text) is not None
        for line in lines_of(source, number):
            if line.style is Style.CODE:
                continue
            if line.style is not Style.UNCASED:
                evidence.case.add_text(source.text[line.start : line.end])
            lines.append(line)
            if line.style in (Style.TITLE, Style.UNCASED):
                continue
            runs += runs_in(source.text, line)
    runs = without_refrains(runs, [source.text for source in sources])
    for run in runs:
        evidence.add(run)
    return evidence, runs, lines


def _forms(sources: Sequence[Source], found: Iterable[Name], evidence: StoryWords) -> dict[str, Form]:
    """Gather the names by key, with their spellings and all votes cast for them."""
    forms: dict[str, Form] = {}
    for name in found:
        key = key_of(name.text)
        form = forms.get(key)
        if form is None:
            form = forms[key] = Form(key)
        if name.text not in form.spellings:
            form.spellings[name.text] = 0
            if name.line.style is not Style.UNCASED or len(form.spellings) == 1:
                shown = name.text if name.line.style is not Style.UNCASED else name.text.title()
                told = kinds.votes_of_form(shown)
                if key in evidence.products:
                    told = kinds.as_product(told)
                if evidence.is_common(name.text.partition(" ")[0].lower()):
                    told = kinds.without_person_shape(told, name.text)
                first = len(form.spellings) == 1
                form.votes = list(told) if first else list(map(max, form.votes, told))
        form.spellings[name.text] += 1
        form.count += 1
        form.first.setdefault(name.line.source, name.start)
    _vote_in_context(sources, found, forms)
    _vote_by_neighbours(sources, found, forms)
    return forms


def _vote_in_context(sources: Sequence[Source], found: Iterable[Name], forms: dict[str, Form]) -> None:
    """Add what the words around the mentions tell; a thousand mentions weigh no more than a few."""
    told: dict[str, kinds.Votes] = defaultdict(kinds.no_votes)
    for name in found:
        if name.line.style in (Style.PLAIN, Style.NOUNS):
            text, votes = sources[name.line.source].text, told[key_of(name.text)]
            vote_in_context(votes, text, name)
            before = text[max(0, name.start - 6) : name.start]
            inner = text[name.end : name.end + 1] == "," and before.endswith(
                (" of ", " in ", " at ", " from ")
            )
            described = None if inner else described_kind(text, name.end, name.line.end)
            if described is not None:
                votes[described] += _DESCRIBED
            named_as = kind_before(text, name.start, name.line.start)
            if named_as is not None:
                votes[named_as] += _NAMED_AS
    for key, votes in told.items():
        form = forms[key]
        weight = min(1.0, _MOST_WEIGHT / form.count)
        form.votes = [own + weight * context for own, context in zip(form.votes, votes, strict=True)]


def _vote_by_neighbours(sources: Sequence[Source], found: Iterable[Name], forms: dict[str, Form]) -> None:
    for line, names in itertools.groupby(found, key=lambda name: name.line):
        row = [(name, forms[key_of(name.text)].votes) for name in names]
        if len(row) > 1 and line.style in (Style.PLAIN, Style.NOUNS):
            vote_by_neighbours(sources[line.source].text, row)


def _share_votes(forms: dict[str, Form]) -> None:
    """Let a name with a version number speak for the name without it."""
    for form in forms.values():
        tokens = form.tokens
        if len(tokens) > 1 and tokens[-1][0].isdigit() and form.kind == kinds.PRODUCT:
            bare = forms.get(" ".join(tokens[:-1]))
            if bare is not None:
                bare.votes[kinds.PRODUCT] += 2.0


def _entities(
    sources: Sequence[Source], found: list[Name], forms: dict[str, Form], links: Links
) -> tuple[Entity, ...]:
    """Put the mentions of each thing together, name it and type it."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    members: dict[str, Counter[str]] = defaultdict(Counter)
    used: dict[str, Counter[str]] = defaultdict(Counter)
    last_seen: dict[str, int] = {}
    pronouns: dict[str, str] = {}
    totals = Counter({key: form.count for key, form in forms.items()})
    for key in links.open:
        forms[key].votes[kinds.PERSON] += _OPEN_TO_PERSONS
    source_number = -1
    for name in found:
        if name.line.source != source_number:
            source_number, last_seen = name.line.source, {}
        key = key_of(name.text)
        target = _meant(key, links, last_seen, totals)
        if target == key and key in links.open:
            target = _well_known(key, links.open[key], forms)
        told = pronoun_told_before(sources[source_number].text, name.start)
        if told is not None:
            target = _not_against(target, key, told, pronouns, links)
        if len(key.split()) > 1:
            last_seen[target] = name.start
        ref = sources[source_number].ref
        mentions[target].append(Mention(ref, name.start, name.end, name.text))
        members[target][key] += 1
        used[target][name.text] += 1
    built = [(target, _display(target, used[target], members[target])) for target in mentions]
    built.sort(key=lambda row: (-len(mentions[row[0]]), row[1], row[0]))
    taken: set[str] = set()
    marked = {key_of(name.text) for name in found if name.quoted or name.titled}
    entities = (
        _entity(shown, mentions[target], members[target], used[target], forms, taken)
        for target, shown in built
    )
    return tuple(entity for entity in entities if not _is_unsure(entity) or key_of(entity.name) in marked)


def _is_unsure(entity: Entity) -> bool:
    """Tell whether all that speaks for a name is one capital."""
    return entity.kind is EntityKind.OTHER and entity.count == 1 and " " not in entity.name


def _not_against(target: str, key: str, told: str, pronouns: dict[str, str], links: Links) -> str:
    """Return whom a mention means if not ``target``, who is a he where the title before it says she."""
    options = [target, *links.open.get(key, ())] if target != key else [key]
    known = {option for option in options if _pronoun(option, pronouns) == told}
    if told == "he" and target.partition(" ")[0].endswith("a") and target not in known and len(known) == 1:
        return known.pop()  # most given names in "a" are women's
    if target == key or _pronoun(target, pronouns) in (None, told):
        pronouns.setdefault(target, told)
        return target
    fitting = [option for option in options if _pronoun(option, pronouns) in (None, told)]
    return fitting[0] if len(fitting) == 1 else f"{told} {key}"


def _pronoun(target: str, pronouns: dict[str, str]) -> str | None:
    return pronouns.get(target) or pronoun_of_given_name(target.partition(" ")[0].title())


def _meant(key: str, links: Links, last_seen: dict[str, int], totals: Counter[str]) -> str:
    """Return the form a mention goes with: of several, the one named last before it in the same source."""
    options = links.open.get(key)
    if options is None:
        return links.of(key)
    central = max(options, key=lambda option: (totals[option], option))
    others = max(totals[option] for option in options if option != central) if len(options) > 1 else 0
    if key in central.split()[:1] and totals[central] + totals[key] > _CENTRAL * others > 0:
        return central  # "Kim" alone is who the story is about, not an analyst of that name
    named = [option for option in options if option in last_seen]
    if named:
        return max(named, key=lambda option: last_seen[option])
    exact = [option for option in options if key in option.split()[1:]]
    if exact:
        return max(exact, key=lambda option: (totals[option], option))
    return key


def _well_known(key: str, options: Sequence[str], forms: dict[str, Form]) -> str:
    """Return the one person whom several texts name in full for a given name alone, else the name itself."""
    only = options[0]
    known = len(options) == 1 and only.startswith(f"{key} ") and len(forms[only].first) > 1
    return only if known else key


def _entity(
    shown: str,
    mentions: list[Mention],
    members: Counter[str],
    used: Counter[str],
    forms: dict[str, Form],
    taken: set[str],
) -> Entity:
    votes = [sum(forms[key].votes[kind] for key in members) for kind in range(6)]
    aliases = sorted((text for text in used if text != shown), key=lambda text: (-used[text], text))
    return Entity(
        identifier_of(shown, taken), shown, kinds.strongest_kind(votes), tuple(aliases), tuple(mentions)
    )


_SHORTEST_SHOUT = 4  # letters of a place in capitals that are no acronym


def _display(target: str, used: Counter[str], members: Counter[str]) -> str:
    """Return the usual of the spellings that are whole names; of a known place its usual name."""
    longest = max(members, key=lambda key: (len(key.split()), members[key]))
    if target in _usual_places() and target in members:
        used = Counter({text: count for text, count in used.items() if key_of(text) == target})
        longest = target
    mixed = {key_of(text) for text in used if not text.isupper()}
    letters = longest.replace(" ", "")

    def rank(text: str) -> tuple[bool, bool, int, int, str]:
        key = key_of(text)
        shouted = text.isupper() and key in mixed
        whole = " " in key or key.replace(" ", "") == letters or " " not in longest
        return (not shouted and not text.islower(), whole, used[text], len(key.split()), text)

    shown = max(used, key=rank)
    calm = shown.title() if shown.isupper() and len(shown) >= _SHORTEST_SHOUT else shown
    return calm if calm in place_names() else shown  # datelines have "BERLIN"


@cache
def _usual_places() -> frozenset[str]:
    return frozenset(key_of(chosen) for chosen, _ in same_names("places.txt", "same"))
