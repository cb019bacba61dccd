"""Headlines: which line is one, the publisher that its end names, a short form of it, and a story's slug."""

from __future__ import annotations

import re
from typing import NamedTuple

from sources.text.folding import fold
from sources.text.sentences import split_sentences
from sources.text.words import STOP_WORDS


def _words(text: str) -> frozenset[str]:
    """Read words parted by white space."""
    return frozenset(text.split())


def _names(text: str) -> frozenset[str]:
    """Read names parted by commas."""
    return frozenset(" ".join(name.split()) for name in text.split(","))


# Words that by themselves say that a name is an outlet's.
OUTLET_WORDS = _words(
    """
    advertiser argus bugle broadcasting bulletin chronicle courier dispatch echo enquirer examiner
    gazette globe guardian herald inquirer journal ledger magazine mercury messenger mirror monitor news
    newspaper newspapers newswire observer newsroom picayune post press radio reporter sentinel tabloid
    telegram telegraph television times tribune tv newsletter zeitung wire
    """
)

# Words that say so only as part of a name of two words or more.
WEAK_OUTLET_WORDS = _words(
    """
    blog business beat citizen daily digest express financial finance independent insider international
    line mail media money network nation online record register review science standard star sun
    technology tech today tonight union voice watch weekly world
    """
)

# What a one-word outlet's name tends to end in.
OUTLET_ENDINGS = tuple(
    _words(
        """
        beat cast crunch daily desk digest feed gazette herald hub insider journal line mag media news
        online pedia post press radar spot times today tribune watch week weekly wire world zine
        """
    )
)

# Outlets whose names do not show that they are: a general list of the world's press.
KNOWN_OUTLETS = _names(
    """
    abc, abc news, afp, al jazeera, ansa, anadolu agency, ap, ap news, ars technica, associated press,
    axios, bbc, bbc news, bbc sport, benzinga, bild, bloomberg, bloomberg law, business insider,
    buzzfeed, cbc, cbs, cnbc, cnet, cnn, corriere della sera, daily beast, dawn, decrypt, der spiegel,
    deutsche welle, die welt, die zeit, dpa, dw, efe, el mundo, el pais, el país, engadget, epa, espn,
    euractiv, euronews, fast company, financial times, forbes, fortune, fox, fox business, fox news, ft,
    gizmodo, haaretz, hacker news, heise, ign, inc, investing.com, itar-tass, itv, kotaku, kyodo, la
    repubblica, la stampa, le figaro, le monde, liberation, macrumors, marketwatch, mashable, mint,
    motley fool, msn, msnbc, nature, nbc, ndtv, new scientist, new york magazine, newsweek, nhk, nikkei,
    nikkei asia, npr, nzz, pa media, pbs, pc gamer, pcmag, pitchfork, politico, polygon, propublica,
    protocol, pti, pymnts, quartz, reuters, rfi, rolling stone, rt, rte, rté, salon, scientific
    american, scmp, seeking alpha, semafor, sky, sky news, slashdot, slate, sports illustrated,
    süddeutsche zeitung, tass, techradar, the athletic, the atlantic, the block, the conversation, the
    drum, the economist, the edge, the hill, the hindu, the information, the intercept, the nation, the
    new yorker, the next web, the onion, the points guy, the spectator, the street, the verge, the week,
    the wire, the wrap, time, toi, tom's guide, tom's hardware, tv4, upi, usa today, vanity fair,
    variety, vice, vogue, vox, wired, xda, xinhua, yahoo, yahoo finance, yahoo news, yahoo sports, yle,
    zdf, zdnet
    """
)

# What stands after a dash or a bar and is a rubric, a credit or a piece of the headline, never an outlet.
RUBRICS = _names(
    """
    analysis, as it happened, audio, ai, arts, auto, books, breaking, breaking news, brief, briefing,
    business, business news, cartoon, climate, comment, commentary, companies, company, correction,
    court, crypto, culture, data, details, documents, economy, editorial, education, energy,
    entertainment, environment, essay, europe, exclusive, explained, explainer, fact check, factbox,
    feature, features, film, finance, football, full list, full text, gallery, guide, health, help,
    here's how, here's what we know, here's why, how to watch, in brief, in depth, in numbers, in
    photos, in pictures, in short, interview, investigation, latest, latest news, law, letter, letters,
    life, lifestyle, live, live blog, live news, live updates, local news, long read, longread, market
    news, markets, memo, money, movie review, music, national, national news, news, news analysis, news
    brief, newsletter, obituary, official, officials, open thread, op-ed, opinion, opinions, part one,
    part two, perspective, photo, photos, pictures, podcast, police, politics, poll, press release,
    preview, profile, property, q&a, quiz, recap, report, reports, research, review, reviews, rumor,
    rumour, science, source, sources, space, special report, sport, sports, sports news, statement,
    stocks, study, style, survey, tech, tech news, technology, technology news, the details, the facts,
    the full list, the latest, the story so far, the verdict, timeline, timelines, top news, top
    stories, transcript, travel, trending, tv, uk, uk news, uk politics, update, updated, updates, us,
    us news, us politics, usa, video, videos, view, viral, watch, weather, what next, what now, what we
    know, what's next, why, world, world news, year in review
    """
)

# Given names that are common in English-language bylines: "Headline | Jane Roe" names a columnist.
GIVEN_NAMES = _words(
    """
    adam adrian alan alex alexander alice amanda amy andrea andrew angela anna anne anthony arthur
    barbara ben benjamin brian carol caroline catherine charles charlotte chris christine christopher
    claire daniel david deborah diana donald dorothy edward elizabeth ellen emily emma eric fiona
    frances francis frank gary george graham greg hannah harry heather helen henry hugh ian isabel jack
    jacob james jane janet jason jean jeff jennifer jenny jeremy jessica jim joan joe john jonathan
    joseph josh joyce judith julia julie karen kate katherine kathleen keith kelly ken kenneth kevin kim
    larry laura lauren leo linda lisa louis louise lucy luke margaret maria marie mark martha martin
    mary matt matthew megan melissa michael michelle mike nancy natalie nicholas nick nicola nicole nina
    oliver olivia pamela patricia patrick paul peter philip rachel raymond rebecca richard robert robin
    roger ronald rosa rose ruth ryan sam samantha samuel sandra sara sarah scott sean sharon simon
    sophia sophie stephanie stephen steve steven stuart susan thomas tim timothy tom tony victoria
    vincent virginia walter wendy william zoe
    """
)


_SEPARATOR = re.compile(r"\s+([|•·»–—-]|::)\s+")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9-]+\.)+(?:com|org|net|news|info|tv|io|ai|co|eu|[a-z]{2})", re.ASCII)
_CAMEL_CASE = re.compile(r"\b(?:[A-Z][a-z]+|[A-Z]{1,3}[a-z]+|[a-z])(?:[A-Z][a-z]{2,}|[A-Z]{2,})\w*")
_NOT_IN_A_NAME = re.compile(r"[()\[\]{}<>\"“”?!:;%$€£=@#\\/]|\d{3}")
_LINKING_WORDS = frozenset(
    {"and", "of", "the", "de", "la", "le", "el", "der", "die", "das", "&", "for", "in", "on"}
)
_LONGEST_NAME = 40


class TitleParts(NamedTuple):
    """A headline, and the publisher that stood in its tail; None when none is known."""

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
    return name.casefold().strip(" .") in RUBRICS


def _named(words: list[str]) -> bool:
    """Tell whether all words that carry a name's meaning begin as names do."""
    return all(
        word[0].isupper() or word[0].isdigit() or _CAMEL_CASE.match(word) or word.casefold() in _LINKING_WORDS
        for word in words
    ) and any(word[0].isupper() or _CAMEL_CASE.match(word) for word in words)


def _names_a_person(words: list[str]) -> bool:
    return len(words) in {2, 3} and words[0].casefold() in GIVEN_NAMES and not _outlet_by_its_words(words)


def _outlet_by_its_words(words: list[str]) -> bool:
    folded = [word.casefold().strip(".,'’") for word in words]
    if any(word in OUTLET_WORDS for word in folded):
        return True
    return len(words) >= 2 and folded[-1] in WEAK_OUTLET_WORDS and not _all_common(folded)


def _all_common(folded: list[str]) -> bool:
    return all(word in WEAK_OUTLET_WORDS or word in _LINKING_WORDS for word in folded)


def _outlet_by_its_shape(words: list[str], head: str) -> bool:
    if len(words) <= 2 and any(_CAMEL_CASE.fullmatch(word) for word in words):
        return True
    last = words[-1].casefold()
    ending = any(last.endswith(end) and len(last) >= len(end) + 3 for end in OUTLET_ENDINGS)
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
