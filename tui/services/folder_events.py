"""When to look at watched folders again: as soon as something happens in them, and from time to time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

_STEP = 500  # milliseconds for which events are waited for at a time
_GATHERED = 200  # milliseconds for which events that come together are gathered
_EVERY = 5.0  # seconds between two looks where the system tells of no events


class Events(Protocol):
    """What tells that something happened; a test gives one that says when."""

    def wait(self, folders: Sequence[Path], seconds: float) -> None:
        """Return when something happens in ``folders``, or after so many seconds."""


class SystemEvents:
    """Asks the system; where it tells nothing of a folder, such as on a network, time alone has to do."""

    def __init__(self) -> None:
        self._of: tuple[tuple[Path, int], ...] = ()
        self._changes: Generator[set[tuple[object, str]]] | None = None

    def wait(self, folders: Sequence[Path], seconds: float) -> None:
        """Return when something happens in ``folders``, or after so many seconds."""
        self._listen(tuple((path, path.stat().st_ino) for path in folders if path.is_dir()))
        if self._changes is None:
            time.sleep(min(seconds, _EVERY))
            return
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end and not next(self._changes):
                pass
        except (OSError, RuntimeError, StopIteration):  # the system has no room for more, or a folder went
            self._changes = None
            time.sleep(min(seconds, _STEP / 1000))

    def _listen(self, folders: tuple[tuple[Path, int], ...]) -> None:
        # A folder that went and came back is another one, of which nothing would be told.
        if folders == self._of and self._changes is not None:
            return
        from watchfiles import watch

        if self._changes is not None:
            self._changes.close()
        self._of = folders
        self._changes = None
        if folders:
            self._changes = watch(
                *(path for path, _ in folders),
                watch_filter=None,
                debounce=_GATHERED,
                step=_GATHERED // 4,
                rust_timeout=_STEP,
                yield_on_timeout=True,
                raise_interrupt=True,
                ignore_permission_denied=True,
            )  # type: ignore[assignment]
