"""The readers that find the credits of a sentence, a cascade of patterns, the most telling first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.evidence.clause_words import NAME
from sources.evidence.credited_phrases import (
    A_DAY,
    CLAUSE,
    LEADS_IN,
    NAME_FROM,
    NO_SPEAKERS,
    THE_NAME,
    WHENCE,
    is_name,
    one_outlet,
    speaks,
    trimmed,
)
from sources.evidence.outlet_names import is_outlet
from sources.evidence.word_lists import demonyms, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class CreditMatch(NamedTuple):
    """What a reader found: the words that give a credit, and the parts of an `Attribution` in them."""

    match: re.Match[str]
    credited: str
    cue: str
    citing: str | None
    told: str | None
    medium: str | None = None


_ADVERB = (
    r"(?:(?:first|since|now|exclusively|also|earlier|previously|later|had|has|have|then|reportedly|separately"
    r"|already) ){0,3}"
)
_REPORTING = (
    r"report(?:ed|s)|(?:is |are )?reporting that|(?:is|are) reporting|wrote|writes|revealed|reveals"
    r"|broke the news|published|has learned"
    r"|(?:released|issued|carried|ran|aired) (?:an?|its) (?:report|story|article|interview)"
)
_UNNAMED = (
    r"(?:(?:an?|the|one|two|three|four|five|six|several|some|many|multiple|other|another|unnamed|anonymous"
    r"|its|his|her|their|\d+|[Aa]n?|[Tt]he|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]everal|[Ss]ome"
    r"|[Pp]eople|[Ss]ources|[Oo]fficials|[Aa]nalysts|[Ii]nsiders)(?![\w'’-])(?:[ -][\w’'&.-]*[\w’'&]){0,12}?)"
)
_PARTY = r"(?: \((?:[A-Z]{1,4}\b)[^()]{0,20}\))?"  # "(D-Va.)"
# "Ruritania's coast guard", "Northport officials"
_OWNED = (
    r"(?:['’]s(?: (?!own\b)[a-z][\w-]*){1,3}(?=,? [a-z])"
    r"| (?:officials?|executives?|spokes\w+|lawyers?|employees|representatives?|police|prosecutors?))?"
)
_APART = r"(?:(?:,(?:[^,.!?;:\"“”]|\.(?=\d)){1,130}){0,2},)?"  # ", a pilot who won it in 49.87,"
_SPEAKER = rf"(?P<who>{THE_NAME}{_PARTY}{_OWNED}{WHENCE}?{_APART}|{_UNNAMED})"
_CITES = (
    r"(?:citing|quoting|(?:which|who|that|and) (?:cited|cites|quoted|quotes)"
    r"|attributing (?:it|this|that|the \w+) to)"
)
_CITING = rf"(?:(?:[^.;:!?\"“”]|\.(?=\d)){{0,80}}?,? {_CITES} (?P<citing>[^,.;:!?\"“”]{{2,120}}))?"
_MEDIUM_NOUN = (
    r"(?:news ?papers?|papers?|dail(?:y|ies)|weekly|magazine|journal|news agency|agency|newswire|broadcaster"
    r"|channel|station|radio|television|TV|network|web ?site|site|portal|outlet|blog|podcast|tabloid)"
)
_THIS_ONE = (
    r"(?:this (?:news ?paper|paper|web ?site|magazine|reporter)\b"
    r"|us\b(?=[:.,]| (?:that|on|in|he|she|they|the)\b))"
)
_AN_OUTLET = (
    r"(?P<before>(?:(?:an?|the|The|its|local|state|public|[a-z]+-[a-z]+|[A-Z]?[a-z]+(?:an|ish|ese)) )*"
    rf"(?:(?:TV|[a-z]+) ){{0,2}}{_MEDIUM_NOUN} )?"
    rf"(?:(?P<of>(?:the )?{NAME})['’]s )?(?P<told>{THE_NAME}(?: \d{{1,2}}\b)?|{_THIS_ONE})"
    rf"(?P<after> {_MEDIUM_NOUN}\b)?"
)
# "Public broadcaster Venn 24", at the start of a sentence; "Radio" and the like are part of a name.
_CALLED_FIRST = re.compile(
    r"^(?:(?:Public|State|Local|National|Regional|News) )?"
    r"(?:[Bb]roadcaster|[Nn]ewspaper|[Tt]abloid|[Ww]ebsite|[Ss]tation|[Aa]gency|[Oo]utlet) (?=[A-Z])"
)
_DAY = rf"(?: (?:on )?{A_DAY}(?: \([^)]{{1,20}}\))?)?"
_DEEDS = words("speech-verbs.txt", "deeds")
_SAYING_WORDS = words("speech-verbs.txt", "finite") - _DEEDS - {"continue", "continues", "continued"}
_SAYING_SIGNS = (*sorted({f" {word}" for word in _SAYING_WORDS}), ",said", '"said', "”said")
_SAYING = "|".join(sorted(_SAYING_WORDS))

_REPORTED = re.compile(
    rf"(?<![\w'’-])(?P<before>{_MEDIUM_NOUN} )?(?P<who>{THE_NAME})(?P<after> {_MEDIUM_NOUN})? {_ADVERB}"
    rf"(?P<cue>{_REPORTING})(?![\w-]){_DAY}{_CITING}"
)
# What stands between two marks; a point after an initial or a title, or inside an address, is none.
_PHRASE = (
    r"(?:[^,.;:!?\"“”\n]|\.(?=\w)|(?<=[ .][A-Z])\.|(?<=\b(?:Mr|Ms|Dr|St|Lt))\."
    r"|(?<=\b(?:Mrs|Sen|Gov|Rep|Gen|Rev|Col))\.)"
)
_ACCORDING = re.compile(
    r"(?P<cue>[Aa]ccording to|[Aa]s (?:first )?(?:noted|seen|shown|described|revealed|stated|told) by"
    r"|(?:[Aa]s )?(?:first )?[Rr]eported by)"
    rf" (?P<who>{_PHRASE}{{2,140}})(?:, {_CITES} (?P<citing>[^,.;:!?\"“”]{{2,120}}))?"
)
_MEDIUM = re.compile(
    r"(?:(?:report|story|article|interview|scoop|account|investigation|piece)s?\b[^,.;]{0,40}?"
    r" (?:from|by|in|with|on|at)"
    r"|(?:surveys?|data|stud(?:y|ies)|analys[ei]s|research|polls?|figures|statistics|papers?)\b[^,.;]{0,40}?"
    rf" (?:from|by|published(?: on| last| this)?(?: \w+)? in)) (?P<outlet>(?!{A_DAY}){THE_NAME})"
)
_SEEN = re.compile(
    rf"^(?P<what>.+?) (?:seen|obtained|reviewed|viewed|cited|quoted|interviewed) by (?P<outlet>{THE_NAME})"
)
_TOLD = re.compile(
    rf"(?<![\w'’-])(?:{_SPEAKER}|(?P<pronoun>[Ss]?[Hh]e|[Tt]hey)) {_ADVERB}"
    r"(?P<cue>(?:had )?told|tells|said to|confirmed to|speaking to) "
    rf"(?P<reporter>an? (?:reporter|correspondent|journalist)s? (?:from|of|at|with|for) )?{_AN_OUTLET}"
    rf"(?P<called>, (?:an?|the) [\w -]{{0,40}}?{_MEDIUM_NOUN}\b)?"
)
_NAMED_BY = re.compile(
    rf"(?P<cue>(?:named|identified|seen|obtained|reviewed|viewed|published|posted|revealed|quoted|cited|carried"
    rf"|aired|broadcast|released)(?: exclusively| first)? by) {_AN_OUTLET}"
)
_REPORT_BY = re.compile(
    r"(?P<cue>(?:reports?|story|article|interview|scoop|investigation) (?:by|in|from|with|on|to)) "
    rf"{_AN_OUTLET}"
)
_WRITING_IN = re.compile(
    rf"^(?P<cue>On|In|At|Writing (?:in|for)) (?P<before>[\w -]{{0,30}}{_MEDIUM_NOUN} )?(?P<told>{THE_NAME})"
    rf"(?P<after> {_MEDIUM_NOUN}\b)?(?=,)"
)
# What is said to, on or in an outlet, and what its own people say, where the outlet is known for one.
_IN_AN_OUTLET = (
    (
        (" on ", " in ", " for ", " to ", " with "),
        re.compile(
            r"(?P<cue>(?:said|says|saying|wrote|writes|writing|argued|asked|claimed|appear(?:ance|ed|ing)"
            r"|interview|statement|e-?mail(?:ed)?|op-ed)(?: (?!to\b|that\b)[\w'’-]+){0,4}?"
            rf" (?:on|in|for|to|with)) {_AN_OUTLET}(?! (?:event|conference|party|meeting|reporters?)\b)"
        ),
    ),
    ((" interview",), re.compile(rf"(?P<cue>(?:in|during) an? )(?P<told>{NAME}) (?=interview\b)")),
    ((", via ",), re.compile(rf"(?P<cue>, via) (?P<told>{THE_NAME})")),
    (
        (" reported", " reports"),
        re.compile(rf"(?P<told>{THE_NAME})['’]s (?:\w+ ){{0,2}}?{NAME},? {_ADVERB}(?P<cue>report(?:ed|s))\b"),
    ),
    (
        ("journalist", "reporter", "correspondent"),
        re.compile(
            r"(?:[Aa]n?|[Tt]he|[Oo]ne) (?:\w+ )?(?:journalist|reporter|correspondent)s?"
            rf" (?:for|from|with|at|of) (?P<told>{THE_NAME}) (?P<cue>{_SAYING})\b"
        ),
    ),
    ((" told ", "telling ", " tells "), re.compile(rf"(?P<cue>told|telling|tells) (?P<told>{THE_NAME})")),
)
# "the Association for Fair Harbours"
_WITH_PURPOSE = re.compile(
    r"\b(?:Association|Foundation|Institute|Centre|Center|Council|Committee|Campaign|Society|Coalition|Commission"
    r"|Alliance|Fund|Agency|Office|Bureau|Department|Ministry|Organi[sz]ation|Federation|League|Network|Union"
    r"|Trust)$"
)
_PURPOSE = re.compile(rf" (?:for|on|against) (?:the )?{NAME}")
_THEIR_WORK = re.compile(rf"^(?:an?|the|its) (?P<outlet>{THE_NAME}) [a-z]")
_NO_CREDIT = re.compile(
    r"\b(?:(?:has|have|had|could|did|does|do|was|were|is|are|would|can) ?(?:not|n[’']t)(?: yet| immediately)?"
    r"|(?:could|would|may|might) not be|never|declined to|refused to|unable to"
    r"|den(?:y|ies|ied|ying)(?: (?:the|earlier|media|press|such|any))*)\W*$"
)
_OUTLET_AFTER = re.compile(rf"[a-z]+ed (?P<told>{THE_NAME})(?=[.,;]|$)")
_TOLD_AFTER = re.compile(
    rf"(?P<who>(?:{THE_NAME}|{_UNNAMED})(?: [\w-]+){{0,8}}?) (?P<cue>[a-z]+ed) (?P<told>{THE_NAME})"
    r"(?=[.,;]|$)"
)
_SAID = re.compile(  # not "the papers revealed do have a name"
    rf"(?<![\w'’-]){_SPEAKER} {_ADVERB}(?P<cue>{_SAYING})(?![\w-])(?! (?:do|does|did|is|are|was|were)\b)"
)
_SAID_BEFORE = re.compile(
    r"(?:[,”\"] ?)(?P<cue>said|says|reports|reported|wrote|added|warned|explained|stated)"
    rf" (?P<who>{THE_NAME}|{_UNNAMED})"
    r"(?=[,.;:]|$| in | at | on | of | to | who | when )"
)
_SHOWS = r"show(?:s|ed)?|says?|said|reveal(?:s|ed)?|suggest(?:s|ed)?|indicate[sd]?|state[sd]?"
# What a piece of work of somebody shows, and what papers of a kind do.
_WORK_BY = re.compile(
    r"(?i:stud(?:y|ies)|surveys?|polls?|reports?|analys[ei]s|reviews?|investigations?|papers?|tall(?:y|ies)"
    r"|figures|data|statistics|estimates?)"
    rf"(?: (?:conducted|released|published|compiled|issued|done|put out)| {A_DAY})*"
    rf" (?:by|from) (?:(?:the |an? )?[a-z-]+ ){{0,2}}?(?P<who>(?!{A_DAY}){THE_NAME}){_PARTY}"
    r"(?:,[^,.;:]{1,60},)? (?P<cue>found|finds?|showed|concluded?|estimated?|put|"
    rf"{_SHOWS})\b"
)
_PAPERS = re.compile(
    r"(?P<who>(?:[Tt]he |[Aa]n? )?(?:court|police|public|property|tax|land|city|county|state|company"
    r"|corporate|financial|school|prison|medical|military|government|official|internal|legal|regulatory|securities|bank"
    r"|voting|flight)"
    r" (?:records?|documents?|filings?|papers|files|memos?|registers?|data|statistics|figures))"
    rf" (?P<cue>{_SHOWS})\b"
)
_DASHED = re.compile(rf"(?P<cue>--|—|–) ?(?P<who>{THE_NAME})(?=$|[\n.]| [A-Z])")


_WHOSE_WORK = re.compile(
    rf"^(?P<name>{THE_NAME}) (?:released|published|issued|filed|posted|obtained|compiled|launched)\b.*"
)
# What something is done according to, and those to whom a word points back: nobody.
_NO_SOURCE = re.compile(
    r"(?:it|him|her|them|this|that|what|how|whom?|(?:the |its |his |her |their )?(?:plans?|legend|laws?"
    r"|rules?|custom|tradition|schedule|needs?|size|taste|merit|age|type|status|wish(?:es)?|reports|polls))"
    r"(?: .*)?",
    re.IGNORECASE,
)


def _reported(said: str, _: frozenset[str]) -> Iterator[CreditMatch]:
    for match in _REPORTED.finditer(said):
        # "Ruritania has not confirmed", "denied what Reuters reported"
        called = LEADS_IN.sub("", match["who"])  # "As Reuters reported"
        who = _CALLED_FIRST.sub("", called)
        people = who.removeprefix("The ").removeprefix("the ") in demonyms()  # "the German newspaper wrote"
        if is_name(who) and not people and not _NO_CREDIT.search(said, 0, match.start()):
            medium = who if _is_medium(match) or who != called else None
            yield CreditMatch(match, who, match["cue"], trimmed(match["citing"]), None, medium)


def _according(said: str, known: frozenset[str]) -> Iterator[CreditMatch]:
    for match in _ACCORDING.finditer(said):
        who = match["who"].strip()
        seen, medium, work = _SEEN.match(who), _MEDIUM.search(who), _THEIR_WORK.match(who)
        citing = trimmed(match["citing"])
        if seen is not None:
            yield CreditMatch(match, seen["outlet"], match["cue"], seen["what"], None)
        elif medium is not None:
            purpose = _PURPOSE.match(who, medium.end()) if _WITH_PURPOSE.search(medium["outlet"]) else None
            name = medium["outlet"] + (purpose.group() if purpose is not None else "")
            yield CreditMatch(match, name, match["cue"], citing, None)
        elif work is not None and is_outlet(work["outlet"], known):  # "a Reuters tally"
            yield CreditMatch(match, work["outlet"], match["cue"], citing, None)
        else:
            who = _without_clause(who)
            whence = NAME_FROM.match(who)
            who = whence["name"] if whence is not None else who
            if who and not _NO_SOURCE.fullmatch(who):
                yield CreditMatch(match, who, match["cue"], citing, None)


def _without_clause(phrase: str) -> str:
    """Return a phrase without the clause that goes on behind it: ``a rabbi at the temple they went to``."""
    head = _WHOSE_WORK.sub(r"\g<name>", phrase)
    head = re.split(r" (?:who|where|when|which|(?:even )?though|although|but|while) ", head)[0].strip()
    clause = CLAUSE.search(head)
    if clause is None:
        return head
    return re.sub(r"(?: (?:and|or|as|that|if|because))+$", "", head[: clause.start()].strip())


def _told_to(said: str, known: frozenset[str]) -> Iterator[CreditMatch]:
    for match in _TOLD.finditer(said):
        told = one_outlet(match["of"] if match["of"] and is_outlet(match["of"], known) else match["told"])
        bare = re.sub("^[Tt]he ", "", told)
        if bare.split()[0] in NO_SPEAKERS or bare in demonyms():
            continue  # "told Turkish television"
        medium = told if _is_medium(match) else None
        who = match["pronoun"] or trimmed(match["who"])
        if told == "us" and _is_quoted(said, match.start()):
            continue  # "“My boss told us to go”"
        is_sure = match["pronoun"] is not None or medium is not None or told == "us" or is_outlet(told, known)
        if who and (speaks(who) or (is_sure and not (match["who"] and CLAUSE.search(who)))):
            yield CreditMatch(match, who, match["cue"], None, told, medium)


def _is_quoted(said: str, place: int) -> bool:
    """Tell whether a place of a sentence is between marks."""
    return said.count("“", 0, place) > said.count("”", 0, place) or said.count('"', 0, place) % 2 == 1


def _published(said: str, known: frozenset[str]) -> Iterator[CreditMatch]:
    """Find what an outlet named, saw or published, and a report of its, wherever the sentence says so."""
    for pattern in (_NAMED_BY, _REPORT_BY, _WRITING_IN):
        for match in pattern.finditer(said):
            name = match["told"]
            medium = name if _is_medium(match) else None
            if (medium or is_outlet(name, known)) and not _NO_CREDIT.search(said, 0, match.start()):
                yield CreditMatch(match, name, match["cue"], None, None, medium)


def _in_an_outlet(said: str, known: frozenset[str]) -> Iterator[CreditMatch]:
    """Find what somebody said on, wrote in or told an outlet, whoever that was."""
    for signs, pattern in _IN_AN_OUTLET:
        if not any(sign in said for sign in signs):
            continue
        for match in pattern.finditer(said):
            owner = match.groupdict().get("of")
            name = one_outlet(owner if owner and is_outlet(owner, known) else match["told"])
            if is_outlet(name, known) and not _NO_CREDIT.search(said, 0, match.start()):
                yield CreditMatch(match, name, match["cue"].strip(" ,"), None, name)


def _is_medium(match: re.Match[str]) -> bool:
    """Tell whether the words beside a name call it an outlet."""
    said = match.groupdict()
    return any(said.get(words) is not None for words in ("before", "after", "reporter", "called"))


def _informed(said: str, known: frozenset[str]) -> Iterator[CreditMatch]:
    """Find ``instructed Reuters`` and the like: any verb in the past whose object is an outlet."""
    if not any(is_outlet(match["told"], known) for match in _OUTLET_AFTER.finditer(said)):
        return
    for match in _TOLD_AFTER.finditer(said):
        if is_outlet(match["told"], known):
            yield CreditMatch(match, match["who"], match["cue"], None, match["told"])


def _said(said: str, _: frozenset[str]) -> Iterator[CreditMatch]:
    for pattern in (_SAID_BEFORE, _SAID):
        for match in pattern.finditer(said):
            who = trimmed(match["who"])
            if who and speaks(who):
                yield CreditMatch(match, who, match["cue"], None, None)


def _shown(said: str, _: frozenset[str]) -> Iterator[CreditMatch]:
    """Find what somebody's study and the like found, and what court records and the like show."""
    for pattern in (_WORK_BY, _PAPERS):
        for match in pattern.finditer(said):
            if pattern is _PAPERS or is_name(match["who"]):
                yield CreditMatch(match, match["who"], match["cue"], None, None)


def _dashed(said: str, known: frozenset[str]) -> Iterator[CreditMatch]:
    for match in _DASHED.finditer(said):
        if is_outlet(match["who"], known):
            yield CreditMatch(match, match["who"], match["cue"], None, None)


# Each with what a sentence must have for it to find anything: most have none, and are passed over quickly.
READERS: tuple[tuple[tuple[str, ...], Callable[[str, frozenset[str]], Iterator[CreditMatch]]], ...] = (
    ((" told ", " tells ", " said to ", " confirmed to ", " speaking to "), _told_to),
    (("ed ",), _informed),
    ((" ",), _in_an_outlet),
    (
        (
            " report",
            " wrote",
            " writes",
            " reveal",
            " broke the news",
            " published",
            " learned",
            " interview",
        ),
        _reported,
    ),
    (
        (
            "ccording to",
            "eported by",
            "s noted by",
            "s seen by",
            "s shown by",
            "s described by",
            "s revealed by",
            "s stated by",
            "s told by",
        ),
        _according,
    ),
    ((" by ", "eport ", "tory ", "nterview ", "On ", "In ", "At ", "Writing "), _published),
    (
        (
            "y ",
            "ys ",
            "ies ",
            "ort ",
            "orts ",
            "sis ",
            "ses ",
            "olls ",
            "oll ",
            "view",
            "data ",
            "igures ",
            "tics ",
            "stimate",
            "ecords ",
            "ecord ",
            "ocuments ",
            "ocument ",
            "ilings ",
            "iling ",
            "apers ",
            "iles ",
        ),
        _shown,
    ),
    (("--", "—", "–"), _dashed),
    (_SAYING_SIGNS, _said),
)
