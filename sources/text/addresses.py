"""Addresses of the web: what two addresses of one page have in common."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from sources.text.cleaning import printable

# What tells where a reader came from, and not what was read.
_TRACKING = re.compile(
    r"utm_\w+|\w*clid|_?ga|_gl|mc_[ce]id|mkt_tok|ref|ref_?src|referr?er|referringsource|"
    r"c?mp(?:id)?|ns_\w+|at_\w+|s?mid|smtyp|sh|shar\w*|sref|igshid?|ncid|ito|taid|partner|emc|guc\w*|"
    r"__twitter_impression|twclid|output(?:type)?|amp",
    re.IGNORECASE,
)
# A copy of a page elsewhere: in an archive, or where it is kept for telephones.
_COPY = re.compile(
    r"(?:https?://)?(?:web\.archive\.org/web/[\w*]+/|archive\.(?:ph|today|is|li|md|vn|fo|org)/(?:[\w.-]+/)*?(?=https?:)|"
    r"(?:www\.)?google\.\w+/amp/(?:s/)?|[\w-]+\.cdn\.ampproject\.org/\w/(?:s/)?|"
    r"webcache\.googleusercontent\.com/search\?q=cache:(?:\w+:)?|12ft\.io/(?:proxy\?q=)?|outline\.com/)"
    r"(?=https?:|[\w-]+\.)",
    re.IGNORECASE,
)
_FOR_TELEPHONES = re.compile(r"(?:www\.|m\.|mobile\.|amp\.|touch\.|wap\.)+(?=[^.]+\.)")
_PAGE_END = re.compile(r"(?:/amp|/index\.\w{3,5}|\.amp|/)+$|(?<=\.html)/amp$|\.amp(?=\.html$)", re.IGNORECASE)

_OPENED = frozenset({"http", "https", "mailto"})
_LONGEST = 2000  # code points of an address that is opened; what is longer is no page's
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{|}\u200b-\u200f\u2028\u2029\u2060]")


def address_to_open(address: str, base: str | None = None) -> str | None:
    """Return an address that may be handed to a browser, None where it is of no kind that one opens.

    One that is told from ``base`` on, the address of the page that it stands in, is put together with that.
    """
    said = address.strip()
    if said.lower().startswith("www."):
        said = f"https://{said}"
    try:
        whole = urljoin(base, said) if base and not said.startswith("#") else said
        parts = urlsplit(whole)
        named = parts.hostname if parts.scheme != "mailto" else "@" in parts.path
    except ValueError:
        return None
    if parts.scheme not in _OPENED or not named or len(whole) > _LONGEST:
        return None
    return None if _NOT_IN_ADDRESS.search(whole) or printable(whole) != whole else whole


def plain_address(url: str) -> str:
    """Return an address without what does not tell one page from another."""
    whole = unquote(url.strip()) if "%3A%2F%2F" in url.upper() else url.strip()
    while (copied := _COPY.match(whole)) is not None:
        whole = whole[copied.end() :]
    try:
        parts = urlsplit(whole if "://" in whole else f"//{whole}")
    except ValueError:
        return whole
    kept = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)]
    host = _FOR_TELEPHONES.sub("", parts.netloc.lower(), count=1)
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    scheme = "" if parts.scheme.lower() in {"http", "https", ""} else f"{parts.scheme}:"
    return f"{scheme}{host}{_PAGE_END.sub('', parts.path)}{query}"
