"""From bytes to text: decoding, and the one cleaning that every text goes through.

After `clean_text` a text is never changed again, so that offsets into it stay true for ever.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

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
# Where a web page or XML states its encoding; and the sets that browsers read under a narrower one's name.
_HEAD = 4096
_STATED = re.compile(
    rb"(?:<meta\b[^>]{0,400}?\bcharset|<\?xml\b[^>]{0,100}?\bencoding)\s*=\s*[\"']?([\w:.-]{2,40})",
    re.IGNORECASE,
)
_WIDER = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949",
}  # fmt: skip

# Line ends of all kinds that Unicode and old files know, besides "\n" itself.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")

# C0 except tab and line feed, DEL, C1; bidi embeddings, overrides and isolates, which can make a text read
# otherwise than it is stored; deprecated format characters; the byte order mark; surrogates, which no file
# may hold.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Putting marks in order takes a time that grows with the square of how many stand on one letter. Unicode's
# own bound for that (UAX #15, stream-safe text) is more than any language writes.
_MOST_MARKS = 30
_PILES = re.compile(rf"[^\x00-\u02ff\w\s]{{{_MOST_MARKS // 2 + 1},}}")  # a sign may be two marks
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


class Decoded(NamedTuple):
    """A text that is not yet cleaned, and its encoding; ``guessed`` where the file states none."""

    text: str
    encoding: str = "utf-8"
    guessed: bool = False


def decode(data: bytes, *, path: Path | str | None = None) -> str:
    """Return the text that ``data`` holds, as `decode_as` does."""
    return decode_as(data, path=path).text


def decode_as(data: bytes, encoding: str | None = None, *, path: Path | str | None = None) -> Decoded:
    """Return the text that ``data`` holds in ``encoding``; without one by its mark, else as it can be read.

    That is UTF-8, UTF-16, what a web page or XML states in its head, else the likeliest. Raises NotText for
    bytes that are no text, or none in ``encoding``, and EmptyInput for nothing but white space; ``path``
    only names the place in the message.
    """
    if not data.strip():
        raise EmptyInput("is empty", path=path)
    if encoding is not None:
        text = _strictly(data, encoding)
        if text is None:
            raise NotText(f"is not a text in {encoding}", path=path)
        return Decoded(text.removeprefix("\ufeff"), encoding)
    found = _decoded(data)
    if found is None or _looks_binary(found.text):
        raise NotText("is not a text file", path=path)
    if not _UNWANTED.sub("", found.text).strip():
        raise EmptyInput("holds nothing but white space", path=path)
    return found


def known_encoding(name: str) -> bool:
    """Tell whether ``name`` is the name of a text encoding."""
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001 - "base64" and "rot13" are none
    except (LookupError, ValueError):
        return False


def clean_text(text: str) -> str:
    r"""Return ``text`` in NFC, with ``\n`` line ends, without control and bidi-override characters.

    Of marks on one letter the first 30 are kept. Cleaning a clean text changes nothing.
    """
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text  # as most texts are, and this is far quicker to see
    if _LINE_ENDS.search(text):
        text = _LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", _PILES.sub(_levelled, printable(text)))


def _levelled(piles: re.Match[str]) -> str:
    """Return combining marks, of which each letter keeps only the first few."""
    kept: list[str] = []
    height = 0
    for sign in piles[0]:
        parts = unicodedata.normalize("NFD", sign)
        height = height + len(parts) if unicodedata.combining(parts[0]) else 0
        if height <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def printable(text: str) -> str:
    """Return ``text`` without anything that could steer a terminal or reverse what is read.

    The identity on a cleaned text, so that spans stay true; used once more wherever text goes to a screen,
    because titles, paths and error messages come from outside too.
    """
    return _UNWANTED.sub("", text) if _UNWANTED.search(text) else text


def text_sum(text: str) -> str:
    """Return the SHA-256 of a text as it is kept, white space around it apart, to know it elsewhere."""
    return sha256_of(clean_text(text).strip())


def sha256_of(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _decoded(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read_as(encoding, data[len(mark) :])
    if wide := _wide_encoding(data[:_SAMPLE]):
        return _read_as(wide, data)
    text = _strictly(data, "utf-8")
    if text is not None:
        return Decoded(text)
    stated = _STATED.search(data[:_HEAD])
    name = stated[1].decode("ascii") if stated else None
    if (
        name
        and known_encoding(name)
        and (text := _strictly(data, _WIDER.get(name.lower(), name))) is not None
    ):
        return Decoded(text, name.lower())
    text = _damaged_utf8(data)
    return Decoded(text, "UTF-8 with broken letters", guessed=True) if text is not None else _guessed(data)


def _read_as(encoding: str, data: bytes) -> Decoded | None:
    text = _strictly(data, encoding)
    return Decoded(text, encoding) if text is not None else None


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


def _guessed(data: bytes) -> Decoded:
    """Read bytes that state no encoding and are no UTF-8: as Windows-1252 unless another is likelier."""
    mixed = _mixed(data)
    if mixed is not None:
        return Decoded(mixed, "UTF-8, some lines Windows-1252", guessed=True)
    from charset_normalizer import from_bytes

    western = _strictly(data, "cp1252")
    is_western = western is not None and not _SIGN_IN_A_WORD.search(western)
    few = len(data) < _SHORTEST_TELLING or (is_western and _is_hardly_accented(data))
    likely = [] if few else [*from_bytes(data[:_SAMPLE], threshold=_MESS)]
    if western is not None and is_western:
        as_likely = [
            match
            for match in likely
            if "cp1252" in match.could_be_from_charset
            and match.chaos <= likely[0].chaos
            and match.coherence >= likely[0].coherence - _AS_COHERENT
        ]
        if as_likely or not likely:
            return Decoded(western, "Windows-1252", guessed=True)
    for match in likely:
        text = _strictly(data, match.encoding)
        if text is not None:
            return Decoded(text, match.encoding, guessed=True)
    return Decoded(western if western is not None else data.decode("latin-1"), "Windows-1252", guessed=True)


_LAST_ASCII = 0x7F
_MESS = 0.2  # of a reading, 0 to 1; more is no text
_AS_COHERENT = 0.03  # less than the likeliest, and Windows-1252 is taken: it is by far the most usual
_SHORTEST_TELLING = 40  # bytes
_FEWEST_TELLING = 6  # bytes beyond ASCII; of fewer the old encodings of DOS are as likely as any
_SIGN_IN_A_WORD = re.compile(r"(?<=[^\W\d_])[¡¢£¤¥¦§¨©¬®¯±²³´¶¸¹¿×÷‡ŠŽ](?=[a-z])")


def _is_hardly_accented(data: bytes) -> bool:
    return sum(byte > _LAST_ASCII for byte in data[:_SAMPLE]) < _FEWEST_TELLING


def _mixed(data: bytes) -> str | None:
    """Read lines in UTF-8 among lines in Windows-1252, as a digest has them that was glued together."""
    lines = data.split(b"\n")
    read = [_strictly(line, "utf-8") for line in lines]
    if not any(said is not None and not said.isascii() for said in read):
        return None
    others = [_strictly(line, "cp1252") for line, said in zip(lines, read, strict=True) if said is None]
    if None in others:
        return None
    western = iter(others)
    return "\n".join(said if said is not None else next(western) or "" for said in read)


def _looks_binary(text: str) -> bool:
    """Tell bytes that merely decode from text: NULs, or more control characters than escapes explain."""
    sample = text[:_SAMPLE]
    nulls = sample.count("\x00")
    if nulls > 2 and nulls * 1000 > len(sample):
        return True
    return len(_CONTROLS.findall(sample)) * 20 > len(sample)
