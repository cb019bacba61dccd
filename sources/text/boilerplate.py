"""Finds what belongs to the page and not to the article: teasers, credits, consent lines, share bars."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sources.model import Zone, ZoneKind
from sources.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


# Agencies and stocks of pictures, for credits whose end nothing else marks.
PICTURE_AGENCIES = _any(
    r"Getty(?: Images)?(?: North America| Europe)?",
    *("Shutterstock", "Pixabay", "Unsplash", "Pexels", r"i[Ss]tock(?:photo)?", "Adobe Stock"),
    *(r"Alamy(?: Stock Photo)?", "Depositphotos", "Dreamstime", "Freepik", r"Wikimedia(?: Commons)?"),
    *("Wikipedia", "Flickr", "123RF", "Bigstock", "Reuters", "REUTERS", "Associated Press", r"AP(?: Photo)?"),
    *("AFP", r"EPA(?:-EFE)?", "EFE", "DPA", "dpa", "ANSA", r"PA(?: Wire| Media)?", "Xinhua", "Bloomberg"),
    *("NASA", "Imago", "IMAGO", r"Anadolu(?: Agency)?", "NurPhoto", r"ZUMA(?: Press)?", r"Sipa(?: USA)?"),
    *("Midjourney", "DALL-?E", "Canva", r"Envato(?: Elements)?"),
)

_PICTURE = "(?:Image|Photo|Picture|Video|Photograph|Illustration)"

# Introduces the credit of a picture; "Source:" only where a picture agency or a line's end follows.
CREDIT_MARKER = _any(
    r"(?:(?:Cover|Featured|Lead|Main|Header|Hero|File) )?"
    r"(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Vv]ideo|Illustration)"
    r"(?: (?:credits?|source|courtesy|illustration))?\s?:(?: ©)?",
    rf"{_PICTURE}s? (?:via|by|from|courtesy(?: of)?)(?= [A-Z@])",
    r"(?:Credits?|Photograph(?:er)?|IMAGE|PHOTO|CREDIT|SOURCE|Source) ?:",
)

_SHOUTED = (
    *(r"RELATED(?: (?:ARTICLES?|STOR(?:Y|IES)|CONTENT|READING))?", "READ (?:MORE|ALSO|NEXT|NOW)"),
    *("(?:ALSO|MUST) READ", "SEE ALSO", "DON['’]T MISS", "WATCH NOW", "MORE FROM [A-Z]+", "ICYMI"),
)

# Introduces the headline of another story. In capitals it may stand anywhere, else only at a seam.
SHOUTED_MARKER = _any(*_SHOUTED)
TEASER_MARKER = _any(
    r"Related(?: (?:Articles?|Stor(?:y|ies)|Content|Coverage|News|Links?|Reading|Posts?|Topics))?",
    r"Read (?:[Mm]ore|[Aa]lso|[Nn]ext|[Nn]ow|[Hh]ere|On)",
    *("(?:Also|Must) [Rr]ead", "See [Aa]lso", "(?:Also|More) [Ss]ee", "Don['’]t [Mm]iss", "Now [Rr]ead"),
    *("You [Mm]ay [Aa]lso [Ll]ike", "Recommended(?: [Rr]eading)?", "More [Ff]rom [A-Z]\\w+"),
    *("Further [Rr]eading", "In [Cc]ase [Yy]ou [Mm]issed [Ii]t", "Top [Ss]tor(?:y|ies)"),
    *("Trending(?: [Nn]ow)?", "Watch(?: [Nn]ow| [Mm]ore)?", "WATCH", "RECOMMENDED", "TRENDING"),
    *_SHOUTED,
)

# The heading of a section that runs on in the same line.
SECTION_LABEL = re.compile(
    r"\b"
    + _any(
        *("Why It Matters", "What Happened", "What To Know", "What To Watch", "What Else"),
        *("What(?:['’]s| Is| Comes) Next", "Price (?:Action|Watch)", "Key (?:Takeaways|Points|Facts)"),
        "(?:The )?(?:Details|Background|Context|Bottom Line|Big Picture|Backstory|Takeaway)",
        *("How It Works", "Looking (?:Ahead|Forward)", "Zoom (?:In|Out)", "Go Deeper", "Between The Lines"),
    )
    + r"\s?:",
    re.IGNORECASE,
)

# Words that open a sentence far more often than they stand capitalised inside a headline.
SENTENCE_OPENERS = (
    _any(
        *(
            "The",
            "A",
            "An",
            "In",
            "On",
            "At",
            "It",
            "He",
            "She",
            "They",
            "We",
            "This",
            "That",
            "These",
            "Those",
        ),
        *("But", "And", "As", "For", "If", "When", "While", "After", "Before", "According", "However"),
        *(
            "Meanwhile",
            "Earlier",
            "Last",
            "Since",
            "With",
            "By",
            "From",
            "There",
            "Its",
            "His",
            "Her",
            "Their",
        ),
        *("Our", "During", "Although", "Though", "Because", "Both", "Several", "Some", "Many", "Most", "Few"),
        *("Yet", "Still", "Now", "Then", "Over", "Under", "Despite", "What", "Shares", "Sources"),
    )
    + r"\b"
)
# After one of these a headline goes on.
CONNECTING_WORDS = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "of",
            "in",
            "on",
            "at",
            "to",
            "for",
            "from",
            "by",
            "with",
            "as",
            "and",
            "or",
            "but",
        ),
        *(
            "after",
            "before",
            "over",
            "under",
            "into",
            "about",
            "against",
            "amid",
            "than",
            "that",
            "if",
            "when",
        ),
        *(
            "while",
            "is",
            "are",
            "its",
            "their",
            "his",
            "her",
            "between",
            "vs",
            "says",
            "said",
            "via",
            "how",
            "why",
        ),
    )
)

_NETWORKS = _any(
    *("Facebook", "Twitter", "X", "LinkedIn", "WhatsApp", "Telegram", "Reddit", "Flipboard", "Pinterest"),
    *("Messenger", "Bluesky", "Threads", "Mastodon", "Instagram", "YouTube", "TikTok", "Google News"),
    *("Apple News", "E-?mail", "SMS", "Pocket", "Line", "Tumblr", "Hacker News"),
)
_OFFERED = _any(
    *(
        "newsletters?",
        "e-?mail (?:newsletters?|alerts?|updates|list)",
        "alerts",
        "inbox",
        "channel",
        "podcast",
    ),
    *(
        "our (?:briefing|updates)",
        "unlimited access",
        "full access",
        "to continue reading",
        "to read (?:more|on)",
    ),
)
_MADE = _any(
    "produced", "generated", "created", "written", "translated", "(?:re)?published", "edited", "drafted"
)
_MAKER = _any(
    *("AI", "artificial intelligence", "automated", "automatically", "syndicated", "wire (?:agency|service)"),
    *("agency feed", "permission", "machine", "news agency", "Creative Commons"),
)
_THIS_ARTICLE = "This (?:article|story|content|post|report|copy|piece|text)"

# Sentences that speak of the page, not of the matter. Each is matched from a sentence's beginning.
PAGE_SENTENCES = re.compile(
    _any(
        r"By (?:completing|submitting|clicking|signing|subscribing|entering|providing|continuing|registering|"
        r"using|joining|checking|opting)\b.{0,200}?"
        r"\b(?:you|I) (?:\w+ ){0,2}(?:agree|consent|accept|acknowledge|opt)\b",
        r"(?:Please )?(?:Click|Tap|Press) (?:here|(?:on )?the (?:link|button|bell|image|banner))\b",
        rf"(?:Please )?(?:Sign|Log) (?:up|in)\b.{{0,100}}\b{_OFFERED}\b",
        rf"(?:Please )?(?:Subscribe|Register) (?:now|today|here|to|for)\b.{{0,100}}\b{_OFFERED}\b",
        r"(?:Please )?(?:Enter|Confirm|Provide) your e-?mail\b",
        r"Get (?:the|our|all|more|breaking|your)\b.{0,120}\b(?:inbox|newsletters?|straight to your|app)\b",
        r"(?:Never|Don['’]t) miss (?:a|an|our|another) (?:story|beat|update|post|headline)\b",
        r"(?:Follow|Like|Join|Find|Connect with) us (?:on|at)\b",
        rf"Follow [A-Z]\w+(?: \w+)? on {_NETWORKS}\b",
        r"Join (?:our|the)\b.{0,60}\b(?:WhatsApp|Telegram|Discord|channel|newsletter)\b",
        r"Download (?:the|our)\b.{0,40}\bapp\b",
        r"(?:We|This (?:web)?site|Our (?:web)?site) uses? cookies\b",
        r"This (?:site|form|page) is protected by reCAPTCHA\b",
        r"All rights reserved\b|Copyright (?:©|\d{4})|©",
        r"(?:Disclaimer|Disclosure|DISCLAIMER|DISCLOSURE)\s?:",
        r"(?:The )?(?:views|opinions)(?: and opinions)? expressed\b.{0,120}\b(?:author|writer|own)\b",
        rf"{_THIS_ARTICLE}\b.{{0,80}}\b{_MADE}\b.{{0,80}}\b{_MAKER}\b",
        rf"{_THIS_ARTICLE} (?:was |is |has been )?(?:first |originally )+(?:appeared|published|ran)\b",
        r"(?:Story|Article|Content) continues (?:below|after)\b",
        r"(?:Scroll|Swipe) (?:down )?to (?:continue|read)\b",
        r"(?:Advertisement|ADVERTISEMENT)$|Skip (?:ad\b|advertisement|past newsletter promotion|to content)",
        r"(?:Have|Got) a (?:news )?tip\?",
        r"(?:Want|Looking for) more (?:stories|news|content|articles)\b.{0,60}\?",
        r"(?:Please )?(?:enable|turn on) JavaScript\b|Your browser does not support\b",
        r"(?:We may|[A-Z]\w+ may) earn (?:a|an)(?: affiliate)? commission\b",
        r"Market News and Data (?:brought to you|provided) by\b",
        r"(?:Our|See our|Read our) (?:Privacy (?:Policy|Notice)|Terms(?: (?:of|and) \w+)?)\b",
    )
)

# A control, a share bar's button or a rubric of the page.
_CONTROL = _any(
    rf"(?:Share|Tweet|Post|Pin|Send|Follow|Like)"
    rf"(?>(?: (?:this|it|us|article|story|post|page|the|via|on|by|to|with|friends|{_NETWORKS}))*)",
    *(r"Copy(?: (?:link|url|the link|to clipboard))?", "Link copied!?", "Copied!?"),
    *(r"Print(?>(?: (?:this|article|page|story))*)", r"E-?mail (?:this|article|story)(?: \w+)?"),
    *(
        r"Save(?>(?: (?:this|article|story|for later))*)",
        "Saved",
        r"Bookmark(?: \w+)?",
        "Gift(?>(?: (?:this|article))*)",
    ),
    *(r"Listen(?: (?:to )?(?:this )?(?:article|story))?", r"\d+ ?(?:min(?:ute)?s?)(?: read| listen)?"),
    *(r"\d+ (?:comments?|shares?|likes?|views?)", r"(?:Add|View|Leave|Post|Show) (?:a |all )?comments?"),
    r"Comments?(?: \(\d+\))?",
    r"(?:Read|Show|See|View|Load|Learn)"
    r"(?>(?: (?:more|all|less|full|the|story|article|sources|coverage|original|here))+)",
    r"(?:Related|More|Top|Latest|Trending|Popular|Recommended|Other|Similar|Today['’]s|Explore|Most)"
    r"(?>(?: (?:today['’]s|top|read|related|recent|for you|on this|more))*)"
    r" (?:stories|story|news|articles|coverage|topics|reads|headlines|posts|links)",
    *("You (?:may|might) also like", "Recommended(?: for you)?", "Trending(?: now)?"),
    *("Related", "Most (?:read|popular)", "Up next", "Read next", "Subscribe(?: now| today)?"),
    *(
        "Sign (?:in|up|out)(?: now)?",
        "Log (?:in|out)",
        "Register",
        "Advertisements?",
        "Sponsored(?: content)?",
    ),
    *("Promoted", "Ad", "Close", "Menu", "Search", "Home", "Back(?: to top)?", "Skip to (?:main )?content"),
    *("Translate", "Feedback", "Report (?:an )?(?:error|issue|typo)", "Privacy(?: policy)?"),
    *(r"Terms(?: (?:of (?:use|service)|and conditions))?", "Cookies?(?: (?:policy|settings|preferences))?"),
    *("Contact(?: us)?", "About(?: us)?", "Newsletters?", r"Loading(?:\.\.\.|…)?"),
    r"(?:Summari[sz]ed|Curated|Generated|Powered) by [\w .&'’-]{2,40}",
    r"(?:Published|Posted|Updated|Last updated|Last modified)(?: on| at|:)? [\w ,.:/()+-]{2,40}",
    *("(?:AI )?(?:Summary|Overview)", "Key (?:takeaways|points)", "Sources", "References", _NETWORKS),
)
BOILERPLATE_LINE = re.compile(rf"(?>{_CONTROL})(?>(?:[\s|·•,/&]++(?>{_CONTROL}))*)\s*[:>»→]?", re.IGNORECASE)

# Prices of shares, glued as a widget's text is when a page is read by a program, and how the widget ends.
QUOTE_ITEM = re.compile(
    r"[A-Z]{1,5}(?:[A-Z][\w.&'’-]{1,30}(?: [\w.,&'’()-]{1,30}){0,5})?"
    r"[$€£]\d[\d,]{0,10}\.\d\d[+\-−]\d{1,4}\.\d{1,2}%"
)
QUOTE_END = re.compile(
    r"[^.!?\n]{0,80}\b(?:[Dd]ata|[Qq]uotes|[Pp]rices) (?:is |are )?"
    r"(?:brought to you by|provided by|delayed by|delayed|from|via|by)\b[^.!?\n]{0,60}$"
)


_LONGEST_CONTROL = 80
_LONGEST_CREDIT = 120
_LONGEST_TEASER = 220
_LONGEST_PAGE_SENTENCE = 500
_WIDEST_QUOTE_GAP = 320

# A rule is tried only where one of its words stands: looking for words is far cheaper than the rules are.
_TEASER_WORDS = (
    *("Related", "RELATED", "Read ", "READ ", "Also ", "ALSO READ", "Must ", "MUST READ", "See ", "SEE ALSO"),
    *(
        "More ",
        "MORE FROM",
        "Don't ",
        "Don’t ",
        "DON'T",
        "DON’T",
        "Now ",
        "You ",
        "Recommended",
        "RECOMMENDED",
    ),
    *("Further ", "In case", "In Case", "ICYMI", "Top ", "Trending", "TRENDING", "Watch", "WATCH"),
)
_CREDIT_WORDS = (
    *("Image", "IMAGE", "image:", "image credit", "Photo", "PHOTO", "photo:", "photo credit", "Picture"),
    *("picture:", "Video", "video:", "Illustration", "Credit", "CREDIT", "Source:", "Source :", "SOURCE"),
)
_BRACKETED_WORDS = ("(", "[", "Related")
_PAGE_WORDS = (
    *(" agree", " consent", " accept", " acknowledge", " opt ", "Click ", "Tap ", "Press ", "Please "),
    *("Sign ", "Log ", "Subscribe", "Register", "Enter your", "Confirm your", "Provide your", "Get "),
    *("Never miss", "t miss ", " us on", " us at", "Follow ", "Join ", "Download ", "cookies", "reCAPTCHA"),
    *("All rights", "Copyright", "©", "Disc", "DISC", "expressed", "This ", "continues ", "Scroll", "Swipe"),
    *(
        "dvertisement",
        "ADVERT",
        "Skip ",
        " tip?",
        "more stories",
        "more news",
        "more content",
        "more articles",
    ),
    *("JavaScript", "commission", "Your browser", "Market News", "Our ", "See our", "Read our"),
)
_RULES = (_BRACKETED_WORDS, _TEASER_WORDS, _CREDIT_WORDS, _PAGE_WORDS)
_PRICED = re.compile(r"[$€£]\d[\d,]{0,10}\.\d\d[+\-−]\d")

_SEAM = r"(?:^|(?<=[.!?…]\s)|(?<=[.!?…][\"”’)\]]\s)|(?<=\]\s))"
_TEASER = re.compile(rf"(?:{_SEAM}{TEASER_MARKER}\s?[:–—]|\b{SHOUTED_MARKER}\s?[:–—])\s*(?=[\"“‘'A-Z0-9$€£])")
_PAGE_SENTENCE = re.compile(rf"{_SEAM}{PAGE_SENTENCES.pattern}")
_BRACKETED = re.compile(
    r"[(\[](?:Also |See |Must )?"
    r"(?:[Rr]ead|READ|Related|RELATED|See also|SEE ALSO|Watch|WATCH|Photo|PHOTO|Image|Picture|"
    r"File photo|Credit)(?: more| also| MORE| ALSO| via| by| credit)?\s?:?\s[^()\[\]\n]{3,200}[)\]]"
)
_WIDGET = re.compile(
    rf"{_SEAM}Related(?=\s[A-Z0-9\"“])[^\n]{{12,220}}?\sPosts?(?:\s\d{{1,3}})?(?=\s[A-Z\"“]|\s*$)"
)
_CREDIT = re.compile(rf"(?<![\w-]){CREDIT_MARKER}\s*")
_AGENCIES = re.compile(rf"{PICTURE_AGENCIES}(?:(?:\s?[/|,]\s?|\svia\s){PICTURE_AGENCIES})*(?![\w'’-])")
_NAME_WORD = re.compile(r"([A-Z@][\w'’.&-]*|&)(?:\s?[/|]\s?|\s+|$)")
_BEGINS_ANEW = re.compile(rf"(?:{SENTENCE_OPENERS}|\w+\s?:|{SHOUTED_MARKER})")
_SPEECH = re.compile(r"(?:said|says|told|wrote|writes|reported|reports|added|adds)\b")
_LONGEST_NAME = 4
_WHOLE_CREDIT = re.compile(
    rf"(?:\(?{CREDIT_MARKER}\s*\S.*|(?:[\w.'’-]+ ){{0,4}}[\w.'’-]*\s?[/|]\s?{PICTURE_AGENCIES}|"
    rf"{PICTURE_AGENCIES}(?:\s?[/|,]\s?.{{2,50}})?|©.{{2,80}})[)\]]?\.?"
)
_SPOKEN = re.compile(
    r"[a-z0-9)] [A-Z][\w'’.]*(?: [A-Z][\w'’.]*)* (?:said|says|told|has|had|is|was|were|will|would|declined)\b"
)
_STOP = re.compile(r"[.!?…][\"”’)\]]*(?=\s|$)")

_NEXT_TEASER = re.compile(rf"\s*{TEASER_MARKER}\s?[:–—]\s*(?=[\"“‘'A-Z0-9$€£])")
_TEASER_BOUND = re.compile(
    rf"(?<=\s)(?:{TEASER_MARKER}\s?[:–—]|{CREDIT_MARKER}\s|Disclaimer\s?:|Disclosure\s?:)"
)
_OPENER = re.compile(rf"(?<=[\w'’”\"?!)%])\s+(?={SENTENCE_OPENERS}\s)")

_VISIBLE = re.compile(r"\S")


class _Quotation:
    """Where a line stands inside quotation marks: there, words are somebody's and never furniture."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._marks: tuple[list[int], list[int], list[int]] | None = None

    def at(self, place: int) -> bool:
        """Tell whether ``place`` is inside."""
        if self._marks is None:
            straight, opening, closing = (
                [match.start() for match in re.finditer(mark, self._line)] for mark in ('"', "“", "”")
            )
            self._marks = (straight, opening, closing)
        straight, opening, closing = self._marks
        return bisect_left(straight, place) % 2 == 1 or bisect_left(opening, place) > bisect_left(
            closing, place
        )


def is_boilerplate_line(line: str) -> bool:
    """Tell whether a whole line is a control or a rubric of the page, such as a share button."""
    stripped = line.strip()
    return 0 < len(stripped) <= _LONGEST_CONTROL and _is_control(stripped)


@lru_cache(maxsize=4096)
def _is_control(line: str) -> bool:
    return BOILERPLATE_LINE.fullmatch(line) is not None


def is_credit_line(line: str) -> bool:
    """Tell whether a whole line only says where a picture is from."""
    stripped = line.strip()
    return 0 < len(stripped) <= _LONGEST_CREDIT and _WHOLE_CREDIT.fullmatch(stripped) is not None


def muted_stretches(text: str, start: int = 0, end: int | None = None) -> list[Zone]:
    """Return the furniture inside ``text[start:end]`` as boilerplate and credit zones, in order, apart."""
    found: list[Zone] = []
    stop = len(text) if end is None else end
    said = _Said.anywhere(text[start:stop])
    at = start
    while at < stop:
        feed = text.find("\n", at, stop)
        line_end = stop if feed < 0 else feed
        found.extend(_muted_in_line(text[at:line_end], at, said))
        at = line_end + 1
    return found


class _Said(NamedTuple):
    """Those of the words by which furniture is known that a text has at all; most texts have few.

    ``priced`` tells whether there may be share prices.
    """

    bracketed: tuple[str, ...]
    teaser: tuple[str, ...]
    credit: tuple[str, ...]
    page: tuple[str, ...]
    priced: bool

    @classmethod
    def anywhere(cls, text: str) -> _Said:
        """Look for the words of each rule in a whole text."""
        likely = [*_ELSEWHERE]
        # A text has few capitals: going through them once is quicker than looking for each word.
        for run in set(_CAPITALS.findall(text)):
            for at in range(len(run) - 1):
                likely += _CAPITALISED.get(run[at : at + 2], ())
        there = {word for word in likely if word in text}
        bracketed, teaser, credit, page = (tuple([word for word in rule if word in there]) for rule in _RULES)
        return cls(bracketed, teaser, credit, page, any(sign in text for sign in "$€£"))


_CAPITALS = re.compile(r"[A-Z]+[^A-Z]")
_ELSEWHERE = tuple(word for rule in _RULES for word in rule if not "A" <= word[0] <= "Z")
_CAPITALISED: dict[str, list[str]] = {}  # by the first two characters
for _word in (word for rule in _RULES for word in rule if "A" <= word[0] <= "Z"):
    _CAPITALISED.setdefault(_word[:2], []).append(_word)


def _muted_in_line(line: str, offset: int, said: _Said) -> Iterator[Zone]:
    if len(line) <= _LONGEST_CREDIT:
        if is_boilerplate_line(line):
            yield Zone(ZoneKind.BOILERPLATE, offset, offset + len(line))
            return
        if is_credit_line(line):
            yield Zone(ZoneKind.CREDIT, offset, offset + len(line))
            return
    at = 0
    for zone in sorted(_found_in_line(line, said), key=lambda each: (each.start, -each.end)):
        if zone.start >= at:
            yield Zone(zone.kind, offset + zone.start, offset + zone.end)
            at = zone.end


def _found_in_line(line: str, said: _Said) -> list[Zone]:
    """Apply each rule whose words stand in the line; what they find may overlap."""
    quotation = _Quotation(line)
    found = [*_quote_runs(line)] if said.priced and _PRICED.search(line) else []
    if _has(line, said.bracketed):
        found += _widgets(line, quotation)
    if _has(line, said.teaser):
        found += _teasers(line, quotation)
    if _has(line, said.credit):
        found += _credits(line, quotation)
    if _has(line, said.page) and (found or _PAGE_SENTENCE.search(line)):
        found += [*_page_sentences(line, found, quotation)]
    return found


def _has(line: str, some: tuple[str, ...]) -> bool:
    return any(word in line for word in some)


def _quote_runs(line: str) -> Iterator[Zone]:
    """Yield runs of share prices with all that a widget puts between and behind them."""
    start = stop = -1
    for item in QUOTE_ITEM.finditer(line):
        if start >= 0 and item.start() - stop > _WIDEST_QUOTE_GAP:
            yield Zone(ZoneKind.BOILERPLATE, start, stop)
            start = -1
        start, stop = item.start() if start < 0 else start, item.end()
    if start >= 0:
        tail = QUOTE_END.match(line, stop)
        yield Zone(ZoneKind.BOILERPLATE, start, tail.end() if tail else stop)


def _page_sentences(line: str, after: list[Zone], said: _Quotation) -> Iterator[Zone]:
    """Yield sentences about the page, which begin where sentences do or right behind other furniture."""
    seams = sorted(_next_word(line, zone.end) for zone in after)
    for start, end in split_sentences(line):
        inside = seams[bisect_right(seams, start) : bisect_right(seams, end - 1)]
        for place in (start, *inside):
            told = PAGE_SENTENCES.match(line, place, end)
            if told and end - place <= _LONGEST_PAGE_SENTENCE and not said.at(place):
                item = QUOTE_ITEM.search(line, told.end(), end)
                yield Zone(ZoneKind.BOILERPLATE, place, item.start() if item else end)
                break


def _next_word(line: str, place: int) -> int:
    visible = _VISIBLE.search(line, place)
    return visible.start() if visible else len(line)


def _widgets(line: str, said: _Quotation) -> Iterator[Zone]:
    widgets = _WIDGET.finditer(line) if "Related" in line else ()
    for match in (*widgets, *_BRACKETED.finditer(line)):
        if not said.at(match.start()):
            kind = ZoneKind.CREDIT if _names_picture(match[0]) else ZoneKind.BOILERPLATE
            yield Zone(kind, match.start(), match.end())


def _names_picture(text: str) -> bool:
    return text[1:].lower().startswith(("photo", "image", "picture", "file photo", "credit"))


def _teasers(line: str, said: _Quotation) -> Iterator[Zone]:
    at = 0
    while match := _teaser_at(line, at):
        end = _teaser_end(line, match.end())
        if not said.at(match.start()):
            yield Zone(ZoneKind.BOILERPLATE, match.start(), end)
        at = max(end, match.end())


def _teaser_at(line: str, at: int) -> re.Match[str] | None:
    """Find the next teaser; right after another one, its marker needs no seam of its own."""
    if at and (again := _NEXT_TEASER.match(line, at)):
        return again
    return _TEASER.search(line, at)


def _teaser_end(line: str, start: int) -> int:
    """Return where the headline that begins at ``start`` ends: ``start`` itself when nothing tells."""
    window = min(len(line), start + _LONGEST_TEASER)
    ends = [
        match.start()
        for match in (
            _TEASER_BOUND.search(line, start, window),
            SECTION_LABEL.search(line, start, window),
        )
        if match
    ]
    ends += [*_prose_begins(line, start, window)][:1]
    stop = next(
        (match.end() for match in _STOP.finditer(line, start, window) if match.end() - start > 15), None
    )
    bound = min(ends, default=None)
    if bound is not None and (stop is None or bound <= stop):
        return bound
    if stop is None:
        stop = len(line) if len(line) <= window else None
    if stop is None or _SPOKEN.search(line, start, stop) or len(line[start:stop].split()) > 22:
        return start
    return stop


def _prose_begins(line: str, start: int, end: int) -> Iterator[int]:
    """Yield the places where an opening word follows a headline's last word and sentence case sets in."""
    for match in _OPENER.finditer(line, start, end):
        before = line[start : match.start()].split()
        if len(before) < 3 or before[-1].casefold() in CONNECTING_WORDS:
            continue
        after = [word for word in line[match.end() : match.end() + 120].split()[1:9] if word[0].isalpha()]
        lower = [word[0].islower() for word in after]
        if any(lower[:3]) and len(after) >= 3 and sum(lower) * 2 >= len(after):
            yield match.end()


def _credits(line: str, said: _Quotation) -> Iterator[Zone]:
    for match in _CREDIT.finditer(line):
        end = _credit_end(line, match.end())
        if end is not None and not said.at(match.start()):
            yield Zone(ZoneKind.CREDIT, match.start(), end)


def _credit_end(line: str, start: int) -> int | None:
    """Return where the name in a credit inside a line ends; None when it may be prose after all."""
    if agency := _AGENCIES.match(line, start):
        return agency.end()
    ends: list[int] = []
    at = start
    while word := _NAME_WORD.match(line, at):
        if ends and (_BEGINS_ANEW.match(line, at) or line[at - 2] in ".!?"):
            return ends[-1] if len(ends) <= _LONGEST_NAME else None
        ends.append(word.end(1))
        at = word.end()
    following = line[at : at + 24]
    if not following.strip() or following[0] in "|()[]" or _BEGINS_ANEW.match(line, at):
        return ends[-1] if 1 <= len(ends) <= _LONGEST_NAME else None
    # What goes on in lower case began with the capitalised word before it.
    goes_on = following[0].islower() and not _SPEECH.match(following)
    return ends[-2] if goes_on and 2 <= len(ends) <= _LONGEST_NAME + 1 else None
