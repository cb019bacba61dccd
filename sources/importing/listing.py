"""What there is to read for what a user named: files, folders, lists of feeds, addresses, standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sources.errors import InputError
from sources.formats import opml, story_page
from sources.formats.registry import HEAD
from sources.importing import archives
from sources.importing.feed_lists import feeds_of
from sources.importing.fetching import is_address
from sources.importing.files import Input, find_inputs, opened, read_some, shown
from sources.importing.report import FailedInput
from sources.text.cleaning import clean_text, decode

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from sources.formats.registry import Registry

_LISTED = 3


def inputs_of(
    paths: Sequence[str], suffixes: Container[str], failed: list[FailedInput], warnings: list[str]
) -> list[Input]:
    """List what is to be read, each file once; what cannot be goes to the other two lists."""
    inputs: dict[str | None, Input] = {}
    for named in paths:
        if is_address(named):
            inputs.setdefault(named, Input(None, shown(named), address=named))
            continue
        try:
            found = find_inputs(named, suffixes)
        except InputError as error:
            failed.append(FailedInput(shown(named), error.reason))
            continue
        for given in found.inputs:
            for each in _read_for(given, failed, warnings):
                inputs.setdefault(each.stored, each)
        failed += [FailedInput(path, reason) for path, reason in found.closed]
        warn_left_out(warnings, shown(named), found.left_out)
    return [*inputs.values()]


def _read_for(given: Input, failed: list[FailedInput], warnings: list[str]) -> list[Input]:
    """Return what is read where somebody gave an input: itself, or the feeds that are listed in it."""
    try:
        return feeds_of(given, warnings.append) or [given]
    except InputError as error:
        failed.append(FailedInput(given.shown, error.reason))
        return []


def warn_left_out(warnings: list[str], place: str, left_out: Sequence[str]) -> None:
    """Say what was left out of a folder or an archive."""
    if left_out:
        names = ", ".join(Path(path).name for path in left_out[:_LISTED])
        more = f" and {len(left_out) - _LISTED} more" if len(left_out) > _LISTED else ""
        warnings.append(f"{place}: left out files in formats that are not read: {names}{more}")


def known_suffixes(formats: Registry) -> frozenset[str]:
    """Return the endings of files that are read in a folder."""
    return formats.suffixes | archives.SUFFIXES | opml.SUFFIXES


def turn(given: Input) -> int:
    """Sort story pages before standard input, which cannot be looked at twice, and that before the rest."""
    if given.path is None:
        return 1
    try:
        with opened(given.path) as file:
            text = clean_text(decode(read_some(file, HEAD, given.shown)))
    except InputError:
        return 2  # reading it will tell what is wrong
    return 0 if story_page.matches(text, given.path) else 2
