"""Which library the app is opened on: the user's own, or that of the demo story, which is made up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sources.importing import ImportProgress
    from sources.library import Library


@dataclass(frozen=True, slots=True)
class Opening:
    """The library to open; from that of a demo the way leads ``home`` again; ``tour`` begins the tour."""

    folder: Path
    demo: bool = False
    home: Path | None = None
    tour: bool = False


def prepare_demo(*, progress: Callable[[ImportProgress], None], cancelled: Callable[[], bool]) -> Path:
    """Put the bundled story into the demo's own library where it is missing; return that library's folder."""
    from sources.library import Library
    from tui.services.adding import Wanted, add

    folder = places.demo_library()
    with Library.open(folder) as library:
        add(library, Wanted.sample(), progress=progress, cancelled=cancelled, undoable=False)
    return folder


WATCHED = "watched:"  # begins the names of the settings that keep which folders are watched


def watches(library: Library) -> bool:
    """Tell whether folders are watched, which is told without loading what reads them."""
    return bool(library.settings(WATCHED))


def has_own_stories(folder: Path) -> bool:
    """Tell whether there is a library in a folder with other stories than that of the demo."""
    from sources.library import DATABASE, Library
    from sources.sample import STORY

    if not (folder / DATABASE).exists():
        return False
    with Library.open(folder) as library:
        return any(story.slug != STORY for story in library.stories())
