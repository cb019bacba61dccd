"""The Markdown of a note, kept as Markdown, without what would run, load or hide something elsewhere."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?=[A-Za-z/!?%])")
_FENCE = re.compile(r"^(\s*(?:>\s*)*)(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_PICTURE = re.compile(r"!(?=\[)")
_COMMENT = re.compile(r"%(?=%)")
_QUERY = re.compile(r"`(?=\$?=)")  # a code span that plug-ins of Obsidian take for a program
_BLOCK_ID = re.compile(r"(?<=\s)\^(?=[\w-]+\s*$)|^\^(?=[\w-]+\s*$)", re.MULTILINE)


def tamed(text: str) -> str:
    """Return ``text`` so that no HTML, picture, hidden comment, template or query in it is acted upon.

    Emphasis, lists, links, headings and code stay what they are. Code blocks lose the name of their
    language, since it can make a program of them; one that is left open is closed.
    """
    text = _FENCE.sub(r"\1\2", text)
    text = _TAG.sub(r"\\<", text)
    text = _PICTURE.sub(r"\\!", text)
    text = _COMMENT.sub(r"%\\", text)
    text = _QUERY.sub("` ", text)
    text = _BLOCK_ID.sub(r"\\^", text)
    fences = _FENCE.findall(text)
    if len(fences) % 2:
        text += f"\n{fences[-1][0]}{fences[-1][1]}"
    return text
