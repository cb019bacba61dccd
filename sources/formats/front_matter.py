"""The YAML block at the head of a Markdown file, read without trusting it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from sources.errors import Malformed
from sources.formats.fields import FieldError, address_field, date_field, one_line

if TYPE_CHECKING:
    from pathlib import Path

_OPENING = re.compile(r"\s*---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FIRST_FIELD = re.compile(r"\s*(?:#.*\n\s*)*[\w.-]+[ \t]*:(?:\s|$)")
_LONGEST = 64 * 1024
_MOST_PEOPLE = 20


class FrontMatter(NamedTuple):
    """What a file says about itself; ``end`` is where its text begins, 0 when there is no front matter."""

    end: int = 0
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


class _Loader(yaml.SafeLoader):
    """The safe loader, leaving dates as they are written, so that a wrong one can be named."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the name and the shape are the library's
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_front_matter(text: str, path: Path | None) -> FrontMatter:
    """Read the block between ``---`` lines at the head of ``text``.

    Fields of a wrong type are left empty, with a warning. Raises Malformed for a block that is no YAML and
    for a date that is none.
    """
    opening = _OPENING.match(text)
    if not opening or not _FIRST_FIELD.match(text, opening.end()):
        return FrontMatter()
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return FrontMatter(warnings=("the front matter has no closing line and was read as text",))
    fields = _fields(text[opening.end() : closing.start()], text[: opening.end()].count("\n"), path)
    end = min(closing.end() + 1, len(text))
    return _told(fields, end, path)


def _fields(block: str, lines_above: int, path: Path | None) -> dict[str, object]:
    try:
        loaded = _Loader(block).get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else lines_above + min(mark.line, block.rstrip().count("\n")) + 1
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise Malformed(f"the front matter is no YAML: {problem}", path=path, line=line) from None
    except (ValueError, TypeError, OverflowError, RecursionError, AttributeError):
        raise Malformed("the front matter holds a value that cannot be read", path=path) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise Malformed("the front matter is not a list of fields", path=path, line=lines_above + 1)
    return {str(name).lower(): value for name, value in loaded.items() if isinstance(name, str)}


def _told(fields: dict[str, object], end: int, path: Path | None) -> FrontMatter:
    warnings: list[str] = []

    def read(*names: str) -> str | None:
        name = next((each for each in names if fields.get(each) is not None), None)
        if name is None:
            return None
        try:
            return _people(fields[name], name) if name.startswith("author") else one_line(fields[name], name)
        except FieldError as error:
            warnings.append(f"{error} and was left empty")
            return None

    def read_address() -> str | None:
        for name in ("url", "source_url", "link", "canonical_url", "source"):
            try:
                found = address_field(fields.get(name))
            except FieldError as error:
                if name != "source":
                    warnings.append(f"{error} and was left empty")
                continue
            if found:
                return found
        return None

    day = next(
        (fields[name] for name in ("date", "published", "pubdate") if fields.get(name) is not None), None
    )
    try:
        date = date_field(day)
    except FieldError as error:
        raise Malformed(f"front matter: {error}", path=path) from None
    return FrontMatter(
        end=end,
        title=read("title", "headline"),
        publisher=read("publisher", "site", "site_name", "publication"),
        author=read("author", "authors", "byline"),
        date=date,
        url=read_address(),
        language=read("language", "lang"),
        warnings=tuple(warnings),
    )


def _people(value: object, name: str) -> str | None:
    """Read one author, or a list of them."""
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, list):
        return one_line(value, name)
    people = [
        one_line(each.get("name") if isinstance(each, dict) else each, name) for each in value[:_MOST_PEOPLE]
    ]
    return ", ".join(person for person in people if person) or None
