"""The lines of a story page, and what each looks like by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.formats.zoning import lines_of
from sources.text.furniture import is_credit_line, is_furniture_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUNT = re.compile(r"(\d{1,4})\+? [Ss]ources?")
_NUMBER = re.compile(r"\[(\d{1,4})\]")
_UNIT = (
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_AGO = rf"(?:about |over |almost )?(?:\d{{1,4}}|an?|one) ?{_UNIT}\.? ago"
_DAY = rf"{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d"
_AGE = re.compile(
    rf"(?:{_AGO}|just now|now|today|yesterday|last \w{{3,6}}|{_DAY})(?:,? \d{{1,2}}:\d\d.{{0,12}})?",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?<=[\w\"”’'%)])\s?(?:\s(\d{1,14})|((?:\[\d{1,3}\])+)|([¹²³⁴⁵⁶⁷⁸⁹⁰]+))(?=[.!?]?[\"”’)]?(?:\s|$))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Controls that stand beside a page's head or foot, not in the middle of an article.
_PAGE_CONTROL = re.compile(
    r"(?:share|copy|print|save|bookmark|tweet|listen|summary|overview|ai summary|key takeaways)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: its place, without the line feed, and its text without outer white space."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing to see."""
        return not self.text

    @property
    def count(self) -> int | None:
        """The number in ``N Sources``."""
        match = _COUNT.fullmatch(self.text)
        return int(match[1]) if match else None

    @property
    def number(self) -> int | None:
        """The number in ``[n]``, standing alone."""
        match = _NUMBER.fullmatch(self.text)
        return int(match[1]) if match else None

    @property
    def age(self) -> bool:
        """Tell whether it says how old a story is."""
        return len(self.text) <= 40 and _AGE.fullmatch(self.text) is not None

    @property
    def furniture(self) -> bool:
        """Tell whether it is a control or rubric of the page."""
        return is_furniture_line(self.text)

    @property
    def page_control(self) -> bool:
        """Tell whether it is a control that stands beside a page's head or foot."""
        return _PAGE_CONTROL.match(self.text) is not None and self.furniture

    @property
    def credit(self) -> bool:
        """Tell whether it says where a picture is from."""
        return is_credit_line(self.text)

    @property
    def label(self) -> bool:
        """Tell whether it could be a category: a few words without a stop."""
        return 0 < len(self.text) <= 40 and len(self.text.split()) <= 6 and self.text[-1] not in ".!?:…"

    def cites(self, highest: int) -> bool:
        """Tell whether a sentence in it ends in markers that can stand for sources 1 to ``highest``."""
        return any(
            match[2] or match[3] or (not _YEAR.fullmatch(match[1]) and _ascends(match[1], highest))
            for match in _CITED.finditer(self.text)
        )


def page_lines(text: str) -> list[Line]:
    """Return the lines of ``text`` in order."""
    return [Line(start, end, text[start:end].strip()) for start, end in lines_of(text)]


def next_visible(lines: Sequence[Line], index: int, stop: int | None = None) -> int | None:
    """Return the index of the first line from ``index`` on, before ``stop``, that is not blank."""
    end = len(lines) if stop is None else stop
    return next((at for at in range(index, end) if not lines[at].blank), None)


def _ascends(digits: str, highest: int, above: int = 0) -> bool:
    """Tell whether ``digits`` can be cut into ascending numbers from 1 to ``highest``."""
    if not digits:
        return above > 0
    if digits[0] == "0":
        return False
    width = len(str(highest))
    return any(
        above < int(digits[:size]) <= highest and _ascends(digits[size:], highest, int(digits[:size]))
        for size in range(1, min(width, len(digits)) + 1)
    )
