"""The record of a dossier: its texts with their SHA-256 and the passages that it shows, as JSON in the page.

At the end of the page is its seal: the SHA-256 of the whole file, with zeros where the seal's own digits are.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from sources.errors import RequestError
from sources.text.cleaning import sha256_of
from tui.services.dossier import MOST_BYTES, SCHEMA
from tui.services.dossier.markup import Markup, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.services.dossier import Dossier, Place

RECORD_ID = "record"
MARK = f'<meta name="generator" content="{SCHEMA}">'
_BLANK = "0" * 64
_END = "</code></p>\n</footer>\n</body>\n</html>\n"
SEAL = re.compile(rb'<code id="seal">([0-9a-f]{64})' + re.escape(_END.encode()) + rb"\Z")
# In a text that no parser may take for anything but text.
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def record_of(dossier: Dossier, passages: Iterable[Place]) -> Markup:
    """Return the record, as JSON that is the same to a reader of HTML as to one of JSON."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "story": dossier.story,
        "redacted": list(map(shown, dossier.redacted)),
        "texts": [
            {"ref": str(text.ref), "sha256": sha256_of(shown(text.text)), "text": shown(text.text)}
            for text in dossier.texts
        ],
        "passages": [
            {"ref": str(one.ref), "start": one.start, "end": one.end, "words": shown(one.words)}
            for one in passages
        ],
    }
    return Markup(json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED))


def seal_place() -> Markup:
    """Return the end of a page, with zeros for the seal."""
    return Markup(f'<code id="seal">{_BLANK}{_END}')


def sealed(page: str) -> str:
    """Return a page that ends in `seal_place` with its seal; raises RequestError where it is too large."""
    data = page.encode("utf-8")
    if len(data) > MOST_BYTES:
        raise RequestError(
            f"The dossier would be {len(data) / 1e6:,.0f} MB, and at most {MOST_BYTES / 1e6:,.0f} can be"
            " checked; use --format markdown or json."
        )
    at = page.rindex(_BLANK)
    return f"{page[:at]}{hashlib.sha256(data).hexdigest()}{page[at + len(_BLANK) :]}"


def seal_of(data: bytes) -> tuple[str | None, str]:
    """Return the seal that a file bears, None where it is cut off, and the one that it should bear."""
    found = SEAL.search(data, max(0, len(data) - 200))
    if found is None:
        return None, ""
    start, end = found.span(1)
    blank = hashlib.sha256(data[:start])
    blank.update(_BLANK.encode())
    blank.update(data[end:])
    return found[1].decode(), blank.hexdigest()
