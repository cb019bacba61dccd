"""The Markdown of a note, kept as Markdown, without what would run, load or hide something elsewhere."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?=[A-Za-z/!?%])")
_FENCE = re.compile(r"^(\s*(?:>\s*)*)(`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_PICTURE = re.compile(r"!(?=\[)")
_COMMENT = re.compile(r"%(?=%)")
_QUERY = re.compile(r"`(?=\$?=)")  # a code span that plug-ins of Obsidian take for a program
_BLOCK_ID = re.compile(r"(?<=\s)\^(?=[\w-]+\s*$)|^\^(?=[\w-]+\s*$)", re.MULTILINE)

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_AFTER = "the end"
_OUT_OF_PLACE = {"html_block", "html_inline", "image", "hr", "heading_open"}
_MOST = 100_000  # code points; longer ones take too long to look through


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


def kept(text: str) -> str | None:
    """Return a note's Markdown as it may stand among other notes; None where it would not stay in its place.

    Headings become bold lines, so that the outline remains that of the document. What Markdown makes of the
    text is looked at: nothing in it may reach beyond its end, or be HTML, a picture, a rule or a heading.
    """
    if len(text) > _MOST:
        return None
    # Only notes with words need it.
    from markdown_it import MarkdownIt

    shown = _HEADING.sub(lambda found: f"**{found[1].replace('*', '')}**", tamed(text)).strip()
    environment: dict[str, object] = {}
    tokens = MarkdownIt("commonmark").enable(["table"]).parse(f"{shown}\n\n{_AFTER}", environment)
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or []
    }
    last = tokens[-3:]
    stays = (
        [token.type for token in last] == ["paragraph_open", "inline", "paragraph_close"]
        and last[0].level == 0
        and last[1].content == _AFTER
    )
    return shown if stays and not kinds & _OUT_OF_PLACE and not environment.get("references") else None
