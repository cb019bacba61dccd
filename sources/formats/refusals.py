"""What is not read, told by how it begins or by its name, so that a user hears what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sources.formats.xml_tree import PROLOGUE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PICTURE = "is a picture ({}): the words in it are not read"
_SOUND = "is sound or film ({}): add its subtitles (.srt, .vtt) or a transcript instead"
_PROGRAM = "is a program, not a text"
# By the first bytes, those of 4 and more at once; a dot stands for any.
_BYTES: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), said)
    for pattern, said in (
        (rb"\x89PNG\r\n", _PICTURE.format("PNG")),
        (rb"\xff\xd8\xff", _PICTURE.format("JPEG")),
        (rb"GIF8[79]a", _PICTURE.format("GIF")),
        (rb"II\*\0|MM\0\*", _PICTURE.format("TIFF")),
        (rb"RIFF....WEBP", _PICTURE.format("WebP")),
        (rb"BM....\0\0\0\0", _PICTURE.format("BMP")),
        (rb"\x00\x00\x01\x00", _PICTURE.format("icon")),
        (rb"....ftyp(?:heic|heix|mif1|avif)", _PICTURE.format("HEIC")),
        (rb"....ftyp", _SOUND.format("MP4")),
        (rb"RIFF....(?:WAVE|AVI )", _SOUND.format("WAV or AVI")),
        (rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]", _SOUND.format("MP3")),
        (rb"OggS\x00", _SOUND.format("Ogg")),
        (rb"fLaC\x00", _SOUND.format("FLAC")),
        (rb"\x1aE\xdf\xa3", _SOUND.format("Matroska or WebM")),
        (rb"MZ.\0.\0|MZ.{58}.{0,200}PE\0\0|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe", _PROGRAM),
        (
            rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is an old office file (.doc, .xls, .ppt, .msg): save it as .docx, PDF or plain text",
        ),
        (rb"SQLite format 3\0", "is a database: export what is in it as CSV or JSON Lines"),
        (rb"7z\xbc\xaf'\x1c|Rar!\x1a\x07", "is an archive that is not read (7z or RAR): unpack it first"),
        (rb"wOF[F2][\x00O]|\x00\x01\x00\x00\x00|OTTO\x00", "is a font"),
    )
)
# What begins so is text only to a program that writes it.
_TEXTS: Mapping[str, str] = {
    r"{\rtf": "is Rich Text, which is not read: save it as plain text, Markdown or a web page",
    "%!PS": "is PostScript, which is not read: save it as plain text or a web page",
    "BEGIN:VCARD": "is a card of addresses",
    "BEGIN:VCALENDAR": "is a calendar",
}
_CODE = frozenset(
    (".py", ".js", ".mjs", ".ts", ".tsx", ".jsx", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".java",
     ".go", ".rs", ".rb", ".php", ".pl", ".lua", ".swift", ".kt", ".scala", ".sh", ".bash", ".zsh",
     ".fish", ".ps1", ".bat",
     ".css", ".scss", ".less", ".sql", ".r", ".jl", ".ipynb")
)  # fmt: skip
_SETTINGS = frozenset((".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".lock", ".plist", ".properties"))
_ANYWAY = "--format text reads it anyway"
_XML = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>", re.IGNORECASE)
_DECLARES = re.compile(PROLOGUE + r"<!DOCTYPE\b[^>\[]{0,500}\[", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(
    r"\s*(?:<\?.{0,2000}?\?>\s*|<!--.{0,4000}?-->\s*|<![A-Za-z][^>]{0,2000}>\s*)*"
    r"<([A-Za-z_][\w:.-]{0,60})\b([^<>]{0,4000})>",
    re.DOTALL,
)


def refused_bytes(head: bytes) -> str | None:
    """Return what a file is that is no text, by its first bytes, as a clause; None where that is unknown."""
    return next((said for pattern, said in _BYTES if pattern.match(head)), None)


def refused_text(text: str) -> str | None:
    """Return what a text is that only a program reads, as a clause; None where it may be read."""
    opening = text[:100].lstrip()
    return next((said for begins, said in _TEXTS.items() if opening.startswith(begins)), None)


def refused_as_prose(text: str, path: Path | None) -> str | None:
    """Return why a text that is in no format of its own is not read as prose, as a clause; else None."""
    suffix = path.suffix.lower() if path is not None else ""
    if suffix in _CODE:
        return f"is source code ({suffix}); {_ANYWAY}"
    if suffix in _SETTINGS:
        return f"holds settings of a program ({suffix}); {_ANYWAY}"
    if _DECLARES.match(text[:20_000]):
        return f"is XML that declares names of its own, which are not read; {_ANYWAY}"
    root = _ROOT.match(text[:20_000])
    if root is not None and (_XML.match(text) or "xmlns" in root[2] or suffix in {".xml", ".svg", ".rdf"}):
        return f"is XML of a kind that is not read: its outermost element is <{root[1]}>; {_ANYWAY}"
    return None
