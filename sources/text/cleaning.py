"""From bytes to text: decoding, and the one cleaning that every text goes through.

After `clean_text` a text is never changed again, so that offsets into it stay true for ever.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from sources.errors import EmptyInput, NotText

if TYPE_CHECKING:
    from pathlib import Path

# Byte order marks; the four-byte ones first, because UTF-32's begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024

# Line ends of all kinds that Unicode and old files know, besides "\n" itself.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")

# C0 except tab and line feed, DEL, C1; bidi embeddings, overrides and isolates, which can make a text read
# otherwise than it is stored; deprecated format characters; the byte order mark; surrogates, which no file
# may hold.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def decode(data: bytes, *, path: Path | str | None = None) -> str:
    """Return the text that ``data`` holds: by its mark, else UTF-8, UTF-16 or Windows-1252.

    The result is not yet cleaned. Raises NotText for bytes that are no text and EmptyInput for nothing but
    white space; ``path`` only names the place in the message.
    """
    if not data.strip():
        raise EmptyInput("is empty", path=path)
    text = _decoded(data)
    if text is None or _looks_binary(text):
        raise NotText("is not a text file", path=path)
    if not _UNWANTED.sub("", text).strip():
        raise EmptyInput("holds nothing but white space", path=path)
    return text


def clean_text(text: str) -> str:
    r"""Return ``text`` in NFC, with ``\n`` line ends, without control and bidi-override characters.

    Cleaning a clean text changes nothing.
    """
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text  # as most texts are, and this is far quicker to see
    if _LINE_ENDS.search(text):
        text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", printable(text))


def printable(text: str) -> str:
    """Return ``text`` without anything that could steer a terminal or reverse what is read.

    The identity on a cleaned text, so that spans stay true; used once more wherever text goes to a screen,
    because titles, paths and error messages come from outside too.
    """
    return _UNWANTED.sub("", text) if _UNWANTED.search(text) else text


def sha256_of(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if wide := _wide_encoding(data[:_SAMPLE]):
        return _strictly(data, wide)
    text = _strictly(data, "utf-8")
    if text is not None:
        return text
    return _damaged_utf8(data) or _western(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide_encoding(sample: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in Western text every other byte is zero."""
    even, odd = sample[::2], sample[1::2]
    if not odd:
        return None
    zero_even, zero_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zero_odd > 0.6 and zero_even < 0.05:
        return "utf-16-le"
    if zero_even > 0.6 and zero_odd < 0.05:
        return "utf-16-be"
    return None


def _damaged_utf8(data: bytes) -> str | None:
    """Read UTF-8 with a few broken bytes: better one mark of damage than every accent turned to noise."""
    text = data.decode("utf-8", "replace")
    broken = text.count("�")
    whole = len(_NOT_ASCII.findall(text)) - broken
    return text if whole >= 4 * broken else None


def _western(data: bytes) -> str:
    text = _strictly(data, "cp1252")
    return text if text is not None else data.decode("latin-1")


def _looks_binary(text: str) -> bool:
    """Tell bytes that merely decode from text: NULs, or more control characters than escapes explain."""
    sample = text[:_SAMPLE]
    nulls = sample.count("\x00")
    if nulls > 2 and nulls * 1000 > len(sample):
        return True
    return len(_CONTROLS.findall(sample)) * 20 > len(sample)
