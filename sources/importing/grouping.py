"""Which files are saved together, since waiting for the disk takes longer than all else of a small one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sources.importing.files import Input

MOST_FILES = 64
MOST_BYTES = 512 * 1024  # of all of them; others who want to write wait until they are taken in


def groups(inputs: Sequence[Input]) -> Iterator[list[Input]]:
    """Yield the inputs in their order, those together that are small; what is no file goes alone."""
    group: list[Input] = []
    size = 0
    for given in inputs:
        more = _size(given)
        if group and (len(group) == MOST_FILES or size + more > MOST_BYTES):
            yield group
            group, size = [], 0
        group.append(given)
        size += more
    if group:
        yield group


def _size(given: Input) -> int:
    """Return the bytes of a file; too many where that cannot be told."""
    if given.path is None:
        return MOST_BYTES + 1
    try:
        return given.path.stat().st_size if given.path.is_file() else MOST_BYTES + 1
    except OSError:
        return MOST_BYTES + 1
