"""Bare numbers: what one without a noun counts, told by words beside it or by what was counted before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.evidence.figures import NUMBER
from sources.evidence.figures.counts import Counted, may_be_counted
from sources.evidence.figures.units import FATES, HARMS, LINKS, VERBS, is_plural

if TYPE_CHECKING:
    from typing import Protocol

    class Antecedent(Protocol):
        """Returns the unit of the count before a number in its sentence or ``far`` sentences back."""

        def __call__(self, *, far: int) -> str | None:  # noqa: D102
            ...


_HEDGES = (
    r"(?:(?:at least|more than|fewer than|less than|about|around|nearly|almost|over|some|up to|just|only"
    r"|roughly|approximately|as many as|an? estimated|another|a further|the other|no fewer than|under|above"
    r"|past) ){0,2}"
)
_FATE_AFTER = re.compile(
    r"(?: of (?:them|whom|those))?"
    r"(?: (?:have|has|had|were|was|are|is|be|remain|remained|been|being|still|also|now|reported|reportedly"
    r"|confirmed|feared|left|more|others|other|critically|seriously|badly|slightly|gravely|severely|already"
    r"|listed as|declared|believed|presumed|found|who|would|could|may))*"
    r" ([a-z]+)\b(?! (?:bodies|people|men|women|children)\b)"
)
_HARM_BEFORE = re.compile(rf"\b({'|'.join(sorted(HARMS))}) {_HEDGES}$", re.IGNORECASE)
_LEADS_TO = (
    r"(?:to|at|as|of|is|was|reached|reaches|reach|hits?|passed|passes|topped|tops|exceeded|exceeds|surpassed"
    r"|past|above|beyond|now)"
)
_TOLL_BEFORE = re.compile(
    r"\b(?P<noun>toll|tally|majority|margin|lead|total|figure|number|count)\b(?! (?:one|two|three)\b)"
    rf"(?P<said>[^.;:\n\d]{{0,80}}?)\b{_LEADS_TO} {_HEDGES}$",
    re.IGNORECASE,
)
_COUNTS_OF_NOUN = frozenset({"figure", "number", "total", "count", "lead"})
# "Swans numbered 640"; in a fact box "Engines: 27"
_NUMBERED = re.compile(
    rf"\b(?P<noun>[^\W\d_]+s)(?: (?:number|numbered|numbering|totalled|totaled|totalling) {_HEDGES}|: )$"
)
_TOGETHER = re.compile(
    r"\b((?P<people>crowds?|teams?|crews?|staff|committee|panel|board|jury|group|party|gang|squad|family|army"
    r"|force|audience|congregation|workforce|delegation|population|attendance)"
    r"|(?P<children>father|mother|dad|mum|mom|parent)(?:-of-| of )?)"
    rf"(?:(?:,| of| was| is| stood at| stands at)? )?{_HEDGES}$",
    re.IGNORECASE,
)
_OTHERS = re.compile(r" others\b(?! than)")
_OF_THEM = re.compile(r" of (them|whom|which|those)\b")
# "the children, 68 of them," but not "the 90 children, 68 of them hurt"
NAMED_BEFORE = re.compile(
    r"\b(?:the|its|their|his|her|our|these|those) (?:[a-z-]+ )?(?P<noun>[a-z]+)(?:,| [—–-]) "
    r"(?:(?:all|about|some|nearly|almost|only|just) )?$",
    re.IGNORECASE,
)
OF_THEM_ALL = re.compile(r" of them(?=[,.;)—–]| [—–-])")
_IS_ONE_OF = re.compile(r"\bof (?:whom|which|them|these|those),? (?:only |just |some |about )?$")
_IS_CALLED = re.compile(
    r" (?:are|were)(?P<between>(?: [a-z-]+){0,2}?) (?P<noun>[a-z-]+s|people|men|women|children)\b"
)
_OF_WHOM = re.compile(rf"\bof whom,? {_HEDGES}$")
_OF_GROUP = re.compile(
    r" (?:out )?of (?:(?:the|its|their|our|his|her|those|these|all) )?(?:[\w’'-]+(?:['’]s|s['’]) )?"
    r"(?:(?:more than |about )?[\d,]+ )?([a-z-]+)(?: ([a-z-]+))?(?: ([a-z-]+))?"
)
_SENTENCE_BEGINS = re.compile(
    r"(?:^|[.!?][”\"’)]?\s+|\n|[“\"])(?:Of (?:those|these|them),? )?(?:The (?:other|remaining) )?"
    rf"{_HEDGES}$",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"\b(?:held|holds|counted|counts|found|carried|carries|carrying|reported|recorded|registered|confirmed"
    r"|claimed|identified|listed|spoken of|spoke of|speaks of|puts? (?:it|that|them) at|arrived at"
    r"|there (?:were|are|had been))"
    rf" {_HEDGES}[“\"]?{_HEDGES}$",
    re.IGNORECASE,
)
_TOLL_REACH, _REACH = 110, 60
_FAR = 3  # sentences back, where somebody counted what was named there


def unit_of_bare(
    text: str, span: tuple[int, int], limits: tuple[int, int], antecedent: Antecedent
) -> Counted:
    """Return what a number at ``span`` counts, of the unit ``NUMBER`` where nothing tells."""
    (start, stop), (floor, end) = span, limits
    begin = max(floor, start - _REACH)
    found = _named(text, span, (begin, end)) if text[stop : stop + 1] == " " else None
    found = found or (_behind(text, stop, end, antecedent) if text[stop : stop + 1] == " " else None)
    found = found or _before(text, start, stop, floor)
    if found is not None:
        return found
    if _OF_WHOM.search(text, begin, start):
        return Counted(antecedent(far=1) or "people", stop)
    begins = _SENTENCE_BEGINS.search(text, begin, start) is not None
    unit = antecedent(far=_FAR if _COUNTING.search(text, begin, start) else int(begins))
    others = _OTHERS.match(text, stop, end) if unit is None else None
    return Counted("people", others.end(), "others") if others else Counted(unit or NUMBER, stop)


def _named(text: str, span: tuple[int, int], limits: tuple[int, int]) -> Counted | None:
    """Read ``the children, 68 of them,`` and ``of which 171 are single-family homes``."""
    (start, stop), (begin, end) = span, limits
    if OF_THEM_ALL.match(text, stop, end):
        found = NAMED_BEFORE.search(text, begin, start)
    elif _IS_ONE_OF.search(text, begin, start):
        found = _IS_CALLED.match(text, stop, end)
        if found is not None and not LINKS.isdisjoint(found["between"].split()):
            return None
    else:
        return None
    counted = found is not None and is_plural(found["noun"]) and may_be_counted(found["noun"])
    return Counted(found["noun"], stop) if found is not None and counted else None


def _behind(text: str, stop: int, end: int, antecedent: Antecedent) -> Counted | None:
    """Read ``23 were hurt``, ``23 of them`` and ``23 of the crew's bags``."""
    fate = _FATE_AFTER.match(text, stop, end)
    if fate is not None and fate[1] in FATES:
        return Counted("people", stop if " " in fate[0].strip() else fate.end(), fate[1])
    them = _OF_THEM.match(text, stop, end)
    if them is not None:
        return Counted(antecedent(far=1) or ("people" if them[1] == "whom" else NUMBER), stop)
    return _of_group(text, stop, end)


def _before(text: str, start: int, stop: int, floor: int) -> Counted | None:
    """Read ``killing 58``, ``the toll climbed to 41`` and ``a crew of 24``."""
    begin = max(floor, start - _REACH)
    harm = _HARM_BEFORE.search(text, begin, start)
    if harm is not None:
        return Counted("people", stop, harm[1].lower())
    numbered = _NUMBERED.search(text, begin, start)
    if (
        numbered is not None
        and is_plural(numbered["noun"].lower())
        and may_be_counted(numbered["noun"].lower())
    ):
        return Counted(numbered["noun"].lower(), stop)
    together = _TOGETHER.search(text, begin, start)
    if together is not None:
        return Counted("people" if together["people"] else "children", stop, together[1].lower())
    return _toll(text, start, stop, floor)


def _of_group(text: str, stop: int, end: int) -> Counted | None:
    """Read ``118 of the assembly's 230 seats`` and ``12 of its members``."""
    group = _OF_GROUP.match(text, stop, end)
    for word in group.groups(default="") if group else ():
        if not word or word in LINKS or word in VERBS:
            return None
        if is_plural(word):
            return Counted(word, stop) if may_be_counted(word) else None
    return None


def _toll(text: str, start: int, stop: int, floor: int) -> Counted | None:
    """Read ``the toll climbed to 41``, ``the number of cases is 2,300``."""
    toll = _TOLL_BEFORE.search(text, max(floor, start - _TOLL_REACH), start)
    if toll is None:
        return None
    noun, said = toll["noun"].lower(), toll["said"].lower().split()
    if said[:1] == ["of"] and noun in _COUNTS_OF_NOUN:
        for word in said[1:4]:
            if word in FATES or is_plural(word):
                return Counted("people" if word in FATES else word, stop, word)
    if noun in {"number", "total", "lead"} and not said:
        return None
    return Counted("people" if noun == "toll" else noun, stop, noun)
